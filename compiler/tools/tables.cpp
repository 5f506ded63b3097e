#include "tools/tables.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "schema/schema.h"

namespace isvcc::notation {
namespace {

struct Basic {
  std::string_view name;
  SchemaType type;
  std::string_view format;
  image::Zero zero;
};

// Types that need no declaration.
constexpr Basic basics[] = {
    {"any", SchemaType::Any, "", image::Zero::Null},
    {"object", SchemaType::Object, "", image::Zero::ByType},
    {"string", SchemaType::String, "", image::Zero::ByType},
    {"bytes", SchemaType::String, "byte", image::Zero::Null},
    {"time", SchemaType::String, "date-time", image::Zero::Null},
    {"volatileTime", SchemaType::String, "", image::Zero::Null},
    {"duration", SchemaType::String, "", image::Zero::Duration},
    {"bool", SchemaType::Boolean, "", image::Zero::ByType},
    {"integer", SchemaType::Integer, "", image::Zero::ByType},
    {"int32", SchemaType::Integer, "int32", image::Zero::ByType},
    {"int64", SchemaType::Integer, "int64", image::Zero::ByType},
    {"number", SchemaType::Number, "", image::Zero::ByType},
    {"float", SchemaType::Number, "float", image::Zero::ByType},
    {"double", SchemaType::Number, "double", image::Zero::ByType},
    {"intOrString", SchemaType::IntOrString, "", image::Zero::ByType},
    {"quantity", SchemaType::Quantity, "", image::Zero::ByType},
    {"metricQuantity", SchemaType::Quantity, "", image::Zero::ByType},
};

constexpr std::string_view quantity_pattern =
    R"(^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$)";

const Basic* basic(std::string_view name) {
  for (const Basic& b : basics)
    if (b.name == name) return &b;
  return nullptr;
}

std::string bytes_of(const image::LimitsRow& row) {
  return cat(number_text(row.minimum), ' ', number_text(row.maximum), ' ', number_text(row.multiple_of), ' ', row.min_length, ' ',
             row.max_length, ' ', row.min_items, ' ', row.max_items, ' ', row.min_properties, ' ', row.max_properties, ' ',
             int(row.has_minimum), int(row.has_maximum), int(row.exclusive_minimum), int(row.exclusive_maximum), int(row.unique_items));
}

std::string bytes_of(const image::PropertyRow& p) {
  return cat(p.name, ' ', p.schema, ' ', p.default_json, ' ', p.merge_key, ' ', int(p.merge), int(p.required), int(p.always),
             int(p.pointer), ' ', int(p.since), ' ', int(p.until), ' ', p.position, ';');
}

class Builder {
 public:
  Builder(const File& file, Tables& tables) : file_(file), tables_(tables) {}

  bool run(std::string& error) {
    tables_.releases = file_.releases;
    text("");
    tables_.limits.push_back(limits_row({}));
    tables_.schemas.push_back({});
    declare();
    for (const TypeDeclaration& type : file_.types)
      if (error_.empty()) named(type);
    for (const KindDeclaration& kind : file_.kinds)
      if (error_.empty()) add_kind(kind);
    sort();
    check_sizes();
    error = error_;
    return error_.empty();
  }

 private:
  void fail(const Place& place, const std::string& text) {
    if (error_.empty()) error_ = cat(place.file, ':', place.line, ": ", text);
  }

  // Rows are named by 16 bits.
  void check_sizes() {
    for (const size_t size : {tables_.texts.size(), tables_.lists.size(), tables_.rules.size(), tables_.properties.size(), tables_.schemas.size()})
      if (size > 0xFFFF && error_.empty()) error_ = "the tables have more rows than 16 bits can name";
  }

  void declare() {
    for (const TypeDeclaration& type : file_.types) {
      if (basic(type.name)) fail(type.place, cat(quote(type.name), " is a basic type"));
      if (!declared_.emplace(type.name, &type).second) fail(type.place, cat("type ", quote(type.name), " is declared twice"));
    }
  }

  uint16_t text(std::string_view value) {
    const auto [at, added] = texts_.emplace(value, static_cast<uint16_t>(tables_.texts.size()));
    if (added) tables_.texts.emplace_back(value);
    return at->second;
  }

  uint8_t release(const std::string& name, size_t otherwise, const Place& place) {
    if (name.empty()) return static_cast<uint8_t>(otherwise);
    const auto at = std::find(tables_.releases.begin(), tables_.releases.end(), name);
    if (at == tables_.releases.end()) fail(place, cat("unknown release ", quote(name)));
    return static_cast<uint8_t>(at - tables_.releases.begin());
  }

  // The row of a declared type; reserved before its fields are read, so a type may contain itself.
  uint16_t named(const TypeDeclaration& type) {
    const auto known = rows_.find(type.name);
    if (known != rows_.end()) return known->second;
    if (type.alias) return rows_[type.name] = schema(*type.alias, type.place);
    const auto index = static_cast<uint16_t>(tables_.schemas.size());
    rows_[type.name] = index;
    tables_.schemas.push_back({});
    image::SchemaRow row{};
    row.type = static_cast<uint8_t>(SchemaType::Object);
    row.name = text(type.name);
    constrain(row, type.constraints, SchemaType::Object);
    add_properties(row, fields_of(type, 0));
    tables_.schemas[index] = row;
    return index;
  }

  // The fields of a type in declaration order: its base, what it includes, its own; a later one replaces an earlier one.
  std::vector<FieldDeclaration> fields_of(const TypeDeclaration& type, int depth) {
    std::vector<FieldDeclaration> out;
    if (depth > 20) return fail(type.place, "types include each other"), out;
    if (!type.base.empty()) take(out, type.base, type.place, depth);
    for (const Member& member : type.members) {
      if (member.form == Member::Form::Include) take(out, member.name, member.place, depth);
      else if (member.form == Member::Form::Drop) drop(out, member);
      else put(out, member.field);
    }
    return out;
  }

  void take(std::vector<FieldDeclaration>& into, const std::string& name, const Place& place, int depth) {
    const auto at = declared_.find(name);
    if (at == declared_.end()) return fail(place, cat("unknown type ", quote(name)));
    for (const FieldDeclaration& field : fields_of(*at->second, depth + 1)) put(into, field);
  }

  void drop(std::vector<FieldDeclaration>& from, const Member& member) {
    const size_t before = from.size();
    std::erase_if(from, [&](const FieldDeclaration& f) { return f.name == member.name; });
    if (from.size() == before) fail(member.place, cat("no field ", quote(member.name), " to drop"));
  }

  // One name may be declared several times for different releases.
  static void put(std::vector<FieldDeclaration>& into, const FieldDeclaration& field) {
    std::erase_if(into, [&](const FieldDeclaration& f) {
      return f.name == field.name && (f.until.empty() || f.until != field.since);
    });
    into.push_back(field);
  }

  void add_properties(image::SchemaRow& row, const std::vector<FieldDeclaration>& fields) {
    std::vector<image::PropertyRow> rows;
    for (const FieldDeclaration& field : fields) {
      rows.push_back(property(field));
      rows.back().position = static_cast<uint16_t>(rows.size());
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return tables_.texts[a.name] < tables_.texts[b.name]; });
    std::string key;
    for (const image::PropertyRow& p : rows) key += bytes_of(p);
    const auto [at, added] = property_runs_.emplace(key, static_cast<uint16_t>(tables_.properties.size()));
    if (added) tables_.properties.insert(tables_.properties.end(), rows.begin(), rows.end());
    row.first_property = at->second;
    row.properties = static_cast<uint16_t>(rows.size());
  }

  image::PropertyRow property(const FieldDeclaration& field) {
    image::PropertyRow row{};
    const Constraints& constraints = field.type.constraints;
    row.name = text(field.name);
    row.schema = schema(field.type, field.place);
    row.default_json = field.default_json ? text(*field.default_json) : 0;
    row.merge_key = text(constraints.merge_key);
    row.merge = static_cast<uint8_t>(merge_strategy(constraints));
    row.required = field.required;
    row.always = field.always;
    row.pointer = field.type.pointer;
    row.since = release(field.since, 0, field.place);
    row.until = release(field.until, tables_.releases.size(), field.place);
    return row;
  }

  static MergeStrategy merge_strategy(const Constraints& c) {
    if (!c.merge) return MergeStrategy::None;
    return c.retain_keys ? MergeStrategy::MergeRetainKeys : MergeStrategy::Merge;
  }

  uint16_t schema(const TypeExpression& type, const Place& place) {
    image::SchemaRow row{};
    if (type.form != TypeExpression::Form::Named) {
      const bool list = type.form == TypeExpression::Form::List;
      row.type = static_cast<uint8_t>(list ? SchemaType::List : SchemaType::Map);
      (list ? row.items : row.additional) = schema(*type.inner, place);
    } else if (const Basic* known = basic(type.name)) {
      row.type = static_cast<uint8_t>(known->type);
      row.format = text(known->format);
      row.zero = known->zero;
      row.metric_quantity = known->name == "metricQuantity";
      row.preserve_unknown = known->type == SchemaType::Any;
      if (known->type == SchemaType::Quantity) row.pattern = text(quantity_pattern);
    } else {
      const auto at = declared_.find(type.name);
      if (at == declared_.end()) return fail(place, cat("unknown type ", quote(type.name))), 0;
      const uint16_t index = named(*at->second);
      if (is_plain(type.constraints)) return index;
      row = tables_.schemas[index];
    }
    constrain(row, type.constraints, static_cast<SchemaType>(row.type));
    return intern(row);
  }

  // No constraint that belongs to the value (merging belongs to the field).
  static bool is_plain(const Constraints& c) {
    return c.enumeration.empty() && c.pattern.empty() && c.format.empty() && c.map_keys.empty() && c.at_most_one.empty() && c.rules.empty() && !c.minimum &&
           !c.maximum && !c.multiple_of && !c.min_length && !c.max_length && !c.min_items && !c.max_items && !c.min_properties &&
           !c.max_properties && !c.unique && !c.nullable && !c.preserve && !c.embedded && !c.set;
  }

  void constrain(image::SchemaRow& row, const Constraints& c, SchemaType type) {
    if (!c.pattern.empty()) row.pattern = text(c.pattern);
    if (!c.format.empty()) row.format = text(c.format);
    row.nullable |= c.nullable;
    row.preserve_unknown |= c.preserve;
    row.embedded_resource |= c.embedded;
    if (c.set) row.list_type = static_cast<uint8_t>(ListType::Set);
    if (!c.map_keys.empty()) row.list_type = static_cast<uint8_t>(ListType::Map);
    const image::LimitsRow limits = limits_row(c);
    if (bytes_of(limits) != bytes_of(tables_.limits[0])) row.limits = limits_index(limits);
    add_texts(row, c, type);
    if (!c.rules.empty()) add_rules(row, c.rules);
  }

  void add_texts(image::SchemaRow& row, const Constraints& c, SchemaType type) {
    if (c.enumeration.empty() && c.map_keys.empty() && c.at_most_one.empty()) return;
    row.first_text = static_cast<uint16_t>(tables_.lists.size());
    const bool bare = type == SchemaType::Integer || type == SchemaType::Number || type == SchemaType::Boolean;
    for (const std::string& value : c.enumeration) tables_.lists.push_back(text(bare ? value : cat('"', value, '"')));
    for (const std::string& key : c.map_keys) tables_.lists.push_back(text(key));
    for (const std::string& name : c.at_most_one) tables_.lists.push_back(text(name));
    row.enumeration = static_cast<uint16_t>(c.enumeration.size());
    row.list_keys = static_cast<uint16_t>(c.map_keys.size());
    row.at_most_one = static_cast<uint16_t>(c.at_most_one.size());
  }

  void add_rules(image::SchemaRow& row, const std::vector<Rule>& rules) {
    row.first_rule = static_cast<uint16_t>(tables_.rules.size());
    row.rules = static_cast<uint16_t>(rules.size());
    for (const Rule& rule : rules) tables_.rules.push_back({text(rule.expression), text(rule.message)});
  }

  static image::LimitsRow limits_row(const Constraints& c) {
    return {c.minimum.value_or(0), c.maximum.value_or(0), c.multiple_of.value_or(0), c.min_length.value_or(-1), c.max_length.value_or(-1),
            c.min_items.value_or(-1), c.max_items.value_or(-1), c.min_properties.value_or(-1), c.max_properties.value_or(-1),
            c.minimum.has_value(), c.maximum.has_value(), c.exclusive_minimum, c.exclusive_maximum, c.unique};
  }

  uint16_t limits_index(const image::LimitsRow& row) {
    const auto [at, added] = limits_.emplace(bytes_of(row), static_cast<uint16_t>(tables_.limits.size()));
    if (added) tables_.limits.push_back(row);
    return at->second;
  }

  // Equal anonymous schemas share a row.
  uint16_t intern(const image::SchemaRow& row) {
    std::string key = cat(row.name, ' ', row.type, ' ', row.list_type, ' ', static_cast<int>(row.zero), ' ', int(row.nullable),
                          int(row.preserve_unknown), int(row.embedded_resource), int(row.metric_quantity), ' ', row.additional, ' ',
                          row.items, ' ', row.pattern, ' ', row.format, ' ', row.limits, ' ', row.first_property, ' ', row.properties,
                          ' ', row.rules ? row.first_rule + 1 : 0, ' ', row.rules, ' ', row.enumeration, ' ', row.list_keys, ' ', row.at_most_one);
    for (int i = 0; i < row.enumeration + row.list_keys + row.at_most_one; ++i) key += cat(' ', tables_.lists[row.first_text + i]);
    const auto [at, added] = anonymous_.emplace(key, static_cast<uint16_t>(tables_.schemas.size()));
    if (added) tables_.schemas.push_back(row);
    return at->second;
  }

  void add_kind(const KindDeclaration& kind) {
    TypeDeclaration type = kind.type;
    type.name = cat(kind.api_version, ' ', kind.kind);
    const auto index = static_cast<uint16_t>(tables_.schemas.size());
    tables_.schemas.push_back({});
    image::SchemaRow row{};
    row.type = static_cast<uint8_t>(SchemaType::Object);
    row.name = text(kind.kind);
    constrain(row, type.constraints, SchemaType::Object);
    std::vector<FieldDeclaration> fields = fields_of(type, 0);
    add_properties(row, with_type_meta(std::move(fields)));
    tables_.schemas[index] = row;
    tables_.kinds.push_back({text(kind.api_version), text(kind.kind), index, kind.namespaced, release(kind.since, 0, type.place),
                             release(kind.until, tables_.releases.size(), type.place)});
  }

  // Every kind has apiVersion, kind and metadata.
  static std::vector<FieldDeclaration> with_type_meta(std::vector<FieldDeclaration> fields) {
    for (const std::string_view name : {"apiVersion", "kind", "metadata"}) {
      if (std::any_of(fields.begin(), fields.end(), [&](const FieldDeclaration& f) { return f.name == name; })) continue;
      FieldDeclaration field;
      field.name = name;
      field.type.name = name == "metadata" ? "ObjectMeta" : "string";
      field.always = name == "metadata";
      fields.push_back(field);
    }
    return fields;
  }

  void sort() {
    for (const TypeDeclaration& type : file_.types) {
      const auto row = rows_.find(type.name);
      if (row != rows_.end()) tables_.types.push_back({text(type.name), row->second});
    }
    auto word = [&](uint16_t i) -> const std::string& { return tables_.texts[i]; };
    std::sort(tables_.types.begin(), tables_.types.end(), [&](const auto& a, const auto& b) { return word(a.name) < word(b.name); });
    std::stable_sort(tables_.kinds.begin(), tables_.kinds.end(), [&](const auto& a, const auto& b) {
      return std::pair(word(a.api_version), word(a.kind)) < std::pair(word(b.api_version), word(b.kind));
    });
  }

  const File& file_;
  Tables& tables_;
  std::string error_;
  std::map<std::string, const TypeDeclaration*, std::less<>> declared_;
  std::map<std::string, uint16_t, std::less<>> rows_, texts_, limits_, anonymous_, property_runs_;
};

}  // namespace

bool make_tables(const File& file, Tables& tables, std::string& error) { return Builder(file, tables).run(error); }

}  // namespace isvcc::notation
