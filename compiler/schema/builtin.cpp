// The built-in schemas: rows made at build time (schema/image.h) → Schemas of one release.
#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>

#include "base/arena.h"
#include "base/text.h"
#include "schema/cel.h"
#include "schema/finish.h"
#include "schema/image.h"
#include "schema/literal.h"
#include "schema/pattern.h"
#include "schema/schema.h"
#include "tree/origin.h"

namespace isvcc {
namespace {

class BuiltinSchemas final : public SchemaSet {
 public:
  explicit BuiltinSchemas(size_t release) : release_(release), schemas_(image::schemas.size()) {
    const Make make(arena_, made_by(Pass::SchemaDefault));
    for (size_t i = 0; i < schemas_.size(); ++i) fill(schemas_[i], image::schemas[i], make);
    for (const image::TypeRow& row : image::types) types_.emplace(image::texts[row.name], &schemas_[row.schema]);
    for (const image::KindRow& row : image::kinds)
      if (lives(row.since, row.until)) kinds_.emplace(std::pair(image::texts[row.api_version], image::texts[row.kind]), &row);
    std::vector<Schema*> all;
    for (Schema& schema : schemas_) all.push_back(&schema);
    finish_schemas(all, Make(arena_, made_by(Pass::Encoding)));
  }

  const Schema* kind(std::string_view api_version, std::string_view kind) const override {
    const image::KindRow* row = find(api_version, kind);
    return row ? &schemas_[row->schema] : nullptr;
  }

  const Schema* type(std::string_view name) const override {
    const auto at = types_.find(name);
    return at == types_.end() ? nullptr : at->second;
  }

  bool namespaced(std::string_view api_version, std::string_view kind) const override {
    const image::KindRow* row = find(api_version, kind);
    return !row || row->namespaced;
  }

  std::vector<std::string> kinds() const override {
    std::vector<std::string> out;
    for (const image::KindRow& row : image::kinds)
      if (lives(row.since, row.until)) out.push_back(cat(image::texts[row.api_version], ' ', image::texts[row.kind]));
    return out;
  }

 private:
  bool lives(uint8_t since, uint8_t until) const { return since <= release_ && release_ < until; }

  struct KindHash {
    size_t operator()(const std::pair<std::string_view, std::string_view>& kind) const { return std::hash<std::string_view>()(kind.second) * 31 + kind.first.size(); }
  };

  const image::KindRow* find(std::string_view api_version, std::string_view kind) const {
    const auto at = kinds_.find({api_version, kind});
    return at == kinds_.end() ? nullptr : at->second;
  }

  void fill(Schema& schema, const image::SchemaRow& row, const Make& make) {
    schema.type = static_cast<SchemaType>(row.type);
    schema.name = image::texts[row.name];
    schema.nullable = row.nullable;
    schema.preserve_unknown = row.preserve_unknown;
    schema.embedded_resource = row.embedded_resource;
    schema.metric_quantity = row.metric_quantity;
    schema.list_type = static_cast<ListType>(row.list_type);
    schema.additional = row.additional ? &schemas_[row.additional] : nullptr;
    schema.items = row.items ? &schemas_[row.items] : nullptr;
    schema.pattern = image::texts[row.pattern];
    if (row.pattern) schema.matcher = &patterns_.try_emplace(row.pattern, schema.pattern).first->second;
    schema.format = image::texts[row.format];
    fill_limits(schema, image::limits[row.limits]);
    fill_texts(schema, row, make);
    fill_properties(schema, row, make);
  }

  static void fill_limits(Schema& schema, const image::LimitsRow& row) {
    schema.has_minimum = row.has_minimum;
    schema.has_maximum = row.has_maximum;
    schema.exclusive_minimum = row.exclusive_minimum;
    schema.exclusive_maximum = row.exclusive_maximum;
    schema.unique_items = row.unique_items;
    schema.minimum = row.minimum;
    schema.maximum = row.maximum;
    schema.multiple_of = row.multiple_of;
    schema.min_length = row.min_length;
    schema.max_length = row.max_length;
    schema.min_items = row.min_items;
    schema.max_items = row.max_items;
    schema.min_properties = row.min_properties;
    schema.max_properties = row.max_properties;
  }

  void fill_texts(Schema& schema, const image::SchemaRow& row, const Make& make) {
    const auto list = image::lists.subspan(row.first_text, size_t{row.enumeration} + row.list_keys);
    for (const uint16_t text : list.first(row.enumeration)) schema.enumeration.push_back(json_literal(image::texts[text], make));
    for (const uint16_t text : list.subspan(row.enumeration)) schema.list_keys.push_back(image::texts[text]);
    for (const image::RuleRow& rule : image::rules.subspan(row.first_rule, row.rules))
      schema.rules.push_back({std::string(image::texts[rule.expression]), std::string(image::texts[rule.message]), {}, {}, {}, program(rule.expression)});
    fill_at_most_one(schema, image::lists.subspan(row.first_text + size_t{row.enumeration} + row.list_keys, row.at_most_one));
  }

  const CelProgram* program(uint16_t text) { return &programs_.try_emplace(text, image::texts[text]).first->second; }

  // As Istio's generator writes it: oneOf [not anyOf [a given, b given, …], a given, b given, …].
  void fill_at_most_one(Schema& schema, std::span<const uint16_t> names) {
    if (names.empty()) return;
    Combination any{Combination::Form::Any, {}}, one{Combination::Form::One, {}};
    for (const uint16_t name : names) any.parts.push_back(part_with(image::texts[name]));
    Schema& some = parts_.emplace_back();
    some.combinations.push_back(any);
    Schema& none = parts_.emplace_back();
    none.combinations.push_back({Combination::Form::Not, {&some}});
    one.parts = any.parts;
    one.parts.insert(one.parts.begin(), &none);
    schema.combinations.push_back(std::move(one));
  }

  const Schema* part_with(std::string_view required) {
    Property property;
    property.name = required;
    property.required = true;
    property.schema = &anything_;
    Schema& part = parts_.emplace_back();
    part.preserve_unknown = true;
    part.required_count = 1;
    part.properties.push_back(property);
    return &part;
  }

  void fill_properties(Schema& schema, const image::SchemaRow& row, const Make& make) {
    schema.properties.reserve(row.properties);
    for (const image::PropertyRow& p : image::properties.subspan(row.first_property, row.properties)) {
      if (!lives(p.since, p.until)) continue;
      Property property;
      property.name = image::texts[p.name];
      property.schema = &schemas_[p.schema];
      property.required = p.required;
      property.always = p.always;
      property.pointer = p.pointer;
      property.merge = static_cast<MergeStrategy>(p.merge);
      property.merge_key = image::texts[p.merge_key];
      property.position = p.position;
      if (p.default_json) property.default_value = json_literal(image::texts[p.default_json], make);
      if (p.always && !p.pointer) property.zero = special_zero(image::schemas[p.schema].zero);
      schema.properties.push_back(property);
    }
  }

  // Null where the type alone tells.
  const Node* special_zero(image::Zero zero) {
    const Make make(arena_, made_by(Pass::Encoding));
    if (zero == image::Zero::Null) return make.null();
    return zero == image::Zero::Duration ? make.borrowed("0s") : nullptr;
  }

  size_t release_;
  Arena arena_;
  std::map<uint16_t, Pattern> patterns_;
  std::map<uint16_t, CelProgram> programs_;
  std::unordered_map<std::string_view, const Schema*> types_;
  std::unordered_map<std::pair<std::string_view, std::string_view>, const image::KindRow*, KindHash> kinds_;  // of this release
  const Schema anything_;
  std::deque<Schema> parts_;  // of combinations
  std::vector<Schema> schemas_;
};

// One set per release, made when it is first asked for.
template <size_t Release>
const SchemaSet& set_of(size_t release) {
  if (release == Release) {
    static const BuiltinSchemas set(Release);
    return set;
  }
  if constexpr (Release > 0) return set_of<Release - 1>(release);
  return set_of<Release>(Release);
}

constexpr size_t most_releases = 16;

}  // namespace

const SchemaSet& builtin_schemas(std::string_view release) {
  // A release nobody knows is refused by the profile; the newest stands in.
  size_t index = image::releases.size() - 1;
  for (size_t i = 0; i < image::releases.size(); ++i)
    if (image::releases[i] == release) index = i;
  return set_of<most_releases - 1>(index);
}

}  // namespace isvcc
