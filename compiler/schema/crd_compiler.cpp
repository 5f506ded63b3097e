#include "schema/crd_compiler.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {
namespace {

// The API server stores at most 1.5 MiB per object; these allow a few times what such a definition can need.
constexpr int most_levels = 100;
constexpr size_t most_nodes = 400'000;
constexpr size_t most_enumeration = 5'000;
constexpr size_t most_pattern = 4'096;
constexpr size_t most_rules = 200;

// Equal bytes, equal schema: children are interned already, so their addresses stand for them.
class Key {
 public:
  void add(const void* pointer) { add_bytes(&pointer, sizeof pointer); }
  void add(int64_t number) { add_bytes(&number, sizeof number); }
  void add(double number) { add_bytes(&number, sizeof number); }
  void add(std::string_view text) {
    add(static_cast<int64_t>(text.size()));
    bytes_ += text;
  }
  std::string take() { return std::move(bytes_); }

 private:
  void add_bytes(const void* at, size_t size) { bytes_.append(static_cast<const char*>(at), size); }
  std::string bytes_;
};

void add_flags(Key& key, const Schema& s) {
  const bool flags[] = {s.nullable,    s.preserve_unknown, s.embedded_resource, s.metric_quantity, s.has_minimum,
                        s.has_maximum, s.exclusive_minimum, s.exclusive_maximum, s.unique_items};
  int64_t bits = 0;
  for (const bool flag : flags) bits = bits * 2 + flag;
  key.add(bits);
  key.add(static_cast<int64_t>(s.type) * 8 + static_cast<int64_t>(s.list_type));
}

std::string key_of(const Schema& s) {
  Key key;
  add_flags(key, s);
  key.add(s.name);
  key.add(s.additional);
  key.add(s.items);
  key.add(s.matcher);
  key.add(s.format);
  for (const double number : {s.minimum, s.maximum, s.multiple_of}) key.add(number);
  for (const int64_t size : {s.min_length, s.max_length, s.min_items, s.max_items, s.min_properties, s.max_properties}) key.add(size);
  for (const std::string_view name : s.list_keys) key.add(name);
  key.add(int64_t{-1});
  for (const Node* value : s.enumeration) key.add(std::string_view(brief(value, 1 << 20)));
  key.add(int64_t{-2});
  for (const Combination& c : s.combinations) {
    key.add(static_cast<int64_t>(c.form));
    for (const Schema* part : c.parts) key.add(part);
  }
  for (const CelRule& rule : s.rules) key.add(std::string_view(rule.rule)), key.add(std::string_view(rule.message)), key.add(std::string_view(rule.reason)), key.add(std::string_view(rule.field_path)), key.add(std::string_view(rule.message_expression));
  for (const Property& p : s.properties) {
    key.add(p.name);
    key.add(p.schema);
    key.add(p.default_value);
    key.add(p.zero);
    key.add(int64_t{p.required} | int64_t{p.always} << 1 | int64_t{p.pointer} << 2 | static_cast<int64_t>(p.merge) << 3);
    key.add(p.merge_key);
  }
  return key.take();
}

// `type: [string, "null"]` is a nullable text; of several real types nothing is known, but text and number together are int-or-string.
struct TypeWord {
  std::string_view word;
  bool nullable = false, int_or_string = false;
};

TypeWord word_of(View type) {
  if (!type.is_list()) return {type.text()};
  TypeWord out;
  size_t real = 0, texts_or_numbers = 0;
  for (const Node* one : type.items()) {
    const std::string_view word = View(one).text();
    if (word == "null") out.nullable = true;
    else out.word = word, ++real;
    texts_or_numbers += word == "string" || word == "integer" || word == "number";
  }
  if (real > 1) out.word = {}, out.int_or_string = texts_or_numbers == real;
  return out;
}

// Converters write int-or-string as oneOf or anyOf of the two types.
bool is_int_or_string(View schema) {
  if (schema["x-kubernetes-int-or-string"].is_true() || schema["format"].text() == "int-or-string") return true;
  if (schema["type"]) return word_of(schema["type"]).int_or_string;
  for (std::string_view form : {"oneOf", "anyOf"}) {
    size_t types = 0;
    for (const Node* part : schema[form].items()) types += View(part).size() == 1 && word_of(View(part)["type"]).word != "object" && View(part)["type"];
    if (types >= 2 && types == schema[form].size()) return true;
  }
  return false;
}

SchemaType type_of(View schema) {
  if (is_int_or_string(schema)) return SchemaType::IntOrString;
  const std::string_view word = word_of(schema["type"]).word;
  if (word == "string") return SchemaType::String;
  if (word == "integer") return SchemaType::Integer;
  if (word == "number") return SchemaType::Number;
  if (word == "boolean") return SchemaType::Boolean;
  if (word == "array") return SchemaType::List;
  if (word != "object" && !schema["properties"]) return SchemaType::Any;
  return schema["additionalProperties"] && !schema["additionalProperties"].is(Kind::Bool) && !schema["properties"] ? SchemaType::Map : SchemaType::Object;
}

}  // namespace

const Schema* CrdCompiler::fail(View where, std::string text) {
  if (error_.empty()) error_ = std::move(text), culprit_ = where;
  return nullptr;
}

const Schema* CrdCompiler::compile(View schema, const Schema* like, SchemaDialect dialect) {
  dialect_ = dialect;
  return node(schema, like, 0);
}

std::vector<Schema*> CrdCompiler::all() {
  std::vector<Schema*> out;
  for (Schema& schema : schemas_) out.push_back(&schema);
  return out;
}

const Schema* CrdCompiler::node(View schema, const Schema* like, int depth) {
  if (!schema.is_map()) return fail(schema, "a schema must be a map");
  if (depth > most_levels) return fail(schema, cat("the schema is nested more than ", most_levels, " levels deep"));
  if (++nodes_ > most_nodes) return fail(schema, cat("the schemas have more than ", most_nodes, " parts"));
  if (schema["$ref"]) return fail(schema["$ref"], "$ref is not allowed in a structural schema");
  Schema out;
  read_type(out, schema, like);
  const bool opaque = out.preserve_unknown && out.type != SchemaType::Map && !schema["properties"] && !schema["items"];
  if (opaque && like && !like->properties.empty()) {
    Schema relaxed = *without_constraints(*like, depth);
    relaxed.nullable = out.nullable;
    return intern(std::move(relaxed));
  }
  read_texts(out, schema);
  read_limits(out, schema);
  read_list(out, schema);
  read_rules(out, schema);
  read_combinations(out, schema, depth);
  read_children(out, schema, like, depth);
  return error_.empty() ? intern(std::move(out)) : nullptr;
}

void CrdCompiler::read_type(Schema& out, View schema, const Schema* like) {
  out.type = type_of(schema);
  if (like) {
    out.name = like->name;
    out.metric_quantity = like->metric_quantity;
    // Quantities look like int-or-string with a pattern; only the Go type tells.
    if (out.type == SchemaType::IntOrString && like->type == SchemaType::Quantity) out.type = SchemaType::Quantity;
  }
  out.nullable = schema["nullable"].is_true() || word_of(schema["type"]).nullable;
  out.embedded_resource = schema["x-kubernetes-embedded-resource"].is_true();
  out.preserve_unknown = schema["x-kubernetes-preserve-unknown-fields"].is_true() || out.type == SchemaType::Any ||
                         schema["additionalProperties"].is_true();
  // Only `additionalProperties: false` closes an object of JSON Schema.
  if (dialect_ == SchemaDialect::JsonSchema && !schema["additionalProperties"]) out.preserve_unknown = true;
}

void CrdCompiler::read_texts(Schema& out, View schema) {
  out.format = schema["format"].text();
  const View pattern = schema["pattern"];
  if (pattern.text().size() > most_pattern) return void(fail(pattern, cat("a pattern is longer than ", most_pattern, " bytes")));
  if (!pattern.text().empty()) {
    out.pattern = pattern.text();
    const Pattern*& shared = pattern_of_[std::string(out.pattern)];
    if (!shared) shared = &patterns_.emplace_back(out.pattern);
    if (const std::string error = shared->error(); !error.empty()) return void(fail(pattern, cat("a pattern cannot be used: ", error)));
    out.matcher = shared;
  }
  const View allowed = schema["enum"];
  if (allowed.items().size() > most_enumeration) return void(fail(allowed, cat("an enumeration has more than ", most_enumeration, " values")));
  out.enumeration.assign(allowed.items().begin(), allowed.items().end());
}

void CrdCompiler::read_limits(Schema& out, View schema) {
  const auto number = [&](std::string_view key, bool& has, double& into) {
    const View value = schema[key];
    has = value.is_number();
    if (value.is(Kind::Float)) into = value.node()->d;
    else if (has) into = value.is(Kind::Uint) ? static_cast<double>(value.node()->u) : static_cast<double>(value.node()->i);
  };
  bool has_multiple = false;
  number("minimum", out.has_minimum, out.minimum);
  number("maximum", out.has_maximum, out.maximum);
  number("multipleOf", has_multiple, out.multiple_of);
  out.exclusive_minimum = schema["exclusiveMinimum"].is_true();
  out.exclusive_maximum = schema["exclusiveMaximum"].is_true();
  // Later drafts of JSON Schema give the bound itself.
  if (schema["exclusiveMinimum"].is_number()) number("exclusiveMinimum", out.has_minimum, out.minimum), out.exclusive_minimum = true;
  if (schema["exclusiveMaximum"].is_number()) number("exclusiveMaximum", out.has_maximum, out.maximum), out.exclusive_maximum = true;
  const auto size = [&](std::string_view key) { return schema[key].integer().value_or(-1); };
  out.min_length = size("minLength");
  out.max_length = size("maxLength");
  out.min_items = size("minItems");
  out.max_items = size("maxItems");
  out.min_properties = size("minProperties");
  out.max_properties = size("maxProperties");
}

void CrdCompiler::read_list(Schema& out, View schema) {
  const std::string_view kind = schema["x-kubernetes-list-type"].text();
  if (kind == "set" || schema["uniqueItems"].is_true()) out.list_type = ListType::Set;
  if (kind != "map") return;
  out.list_type = ListType::Map;
  for (const Node* key : schema["x-kubernetes-list-map-keys"].items()) out.list_keys.push_back(View(key).text());
}

void CrdCompiler::read_rules(Schema& out, View schema) {
  const View rules = schema["x-kubernetes-validations"];
  if (rules.items().size() > most_rules) return void(fail(rules, cat("a schema has more than ", most_rules, " validation rules")));
  for (const Node* rule : rules.items()) {
    const auto word = [&](std::string_view key) { return std::string(View(rule)[key].text()); };
    const CelProgram* program = &programs_.emplace_back(View(rule)["rule"].text());
    out.rules.push_back({word("rule"), word("message"), word("reason"), word("fieldPath"), word("messageExpression"), program});
  }
}

void CrdCompiler::read_combinations(Schema& out, View schema, int depth) {
  using Form = Combination::Form;
  for (const auto& [key, form] : {std::pair("allOf", Form::All), {"anyOf", Form::Any}, {"oneOf", Form::One}, {"not", Form::Not}}) {
    const View parts = schema[key];
    if (!parts || (out.type == SchemaType::IntOrString && (form == Form::Any || form == Form::One)) || out.type == SchemaType::Quantity) continue;
    Combination combination{form, {}};
    add_parts(combination, parts, depth);
    if (!combination.parts.empty()) out.combinations.push_back(std::move(combination));
  }
}

void CrdCompiler::add_parts(Combination& into, View parts, int depth) {
  if (parts.is_map()) into.parts.push_back(part(parts, depth + 1));
  for (const Node* one : parts.items()) {
    if (!error_.empty()) return;
    into.parts.push_back(part(one, depth + 1));
  }
}

const Schema* CrdCompiler::part(View schema, int depth) {
  if (!schema.is_map()) return fail(schema, "a schema must be a map");
  if (depth > most_levels) return fail(schema, cat("the schema is nested more than ", most_levels, " levels deep"));
  if (++nodes_ > most_nodes) return fail(schema, cat("the schemas have more than ", most_nodes, " parts"));
  Schema out;
  out.type = type_of(schema);
  out.nullable = schema["nullable"].is_true() || word_of(schema["type"]).nullable;
  out.preserve_unknown = true;
  read_texts(out, schema);
  read_limits(out, schema);
  read_combinations(out, schema, depth);
  if (const View items = schema["items"]) out.items = part(items, depth + 1);
  for (const Field& field : schema["properties"].fields()) {
    Property property;
    property.name = field.key();
    property.schema = part(field.value, depth + 1);
    out.properties.push_back(property);
  }
  if (!error_.empty()) return nullptr;
  static const Schema anything;
  for (const Node* name : schema["required"].items()) {
    if (schema["properties"][View(name).text()]) continue;
    Property& asked = out.properties.emplace_back();
    asked.name = View(name).text();
    asked.schema = &anything;
  }
  mark_required(out, schema["required"]);
  return intern(std::move(out));
}

void CrdCompiler::read_children(Schema& out, View schema, const Schema* like, int depth) {
  if (const View items = schema["items"]) out.items = node(items, like ? like->items : nullptr, depth + 1);
  if (out.type == SchemaType::Map) out.additional = node(schema["additionalProperties"], like ? like->additional : nullptr, depth + 1);
  for (const Field& field : schema["properties"].fields()) {
    out.properties.push_back(property(field, like, depth));
    if (!error_.empty()) return;
  }
  mark_required(out, schema["required"]);
  if (out.type != SchemaType::List || out.items || !error_.empty()) return;
  if (dialect_ == SchemaDialect::JsonSchema) out.preserve_unknown = true;
  else fail(schema, "a list needs `items`");
}

// Sorts the properties, too.
void CrdCompiler::mark_required(Schema& out, View names) {
  std::stable_sort(out.properties.begin(), out.properties.end(), [](const Property& a, const Property& b) { return a.name < b.name; });
  std::vector<std::string_view> wanted;
  for (const Node* name : names.items()) wanted.push_back(View(name).text());
  std::sort(wanted.begin(), wanted.end());
  for (Property& property : out.properties) property.required = std::binary_search(wanted.begin(), wanted.end(), property.name);
}

Property CrdCompiler::property(const Field& field, const Schema* like, int depth) {
  const Property* known = like ? like->property(field.key()) : nullptr;
  Property out;
  out.name = field.key();
  // Without a Go type nothing is known to be dropped by an encoding.
  out.pointer = true;
  if (known) {
    out.always = known->always;
    out.pointer = known->pointer;
    out.zero = known->zero;
    out.merge = known->merge;
    out.merge_key = known->merge_key;
  }
  // The API server keeps metadata to itself.
  const bool metadata = depth == 0 && field.key() == "metadata" && known;
  out.schema = metadata ? known->schema : node(field.value, known ? known->schema : nullptr, depth + 1);
  out.default_value = View(field.value)["default"].node();
  return out;
}

const Schema* CrdCompiler::without_constraints(const Schema& schema, int depth) {
  const auto known = opaque_.find(&schema);
  if (known != opaque_.end()) return known->second;
  if (depth > most_levels) return &schema;
  Schema out;
  out.type = schema.type;
  out.name = schema.name;
  out.format = schema.format;
  out.metric_quantity = schema.metric_quantity;
  out.nullable = out.preserve_unknown = true;
  if (schema.items) out.items = without_constraints(*schema.items, depth + 1);
  if (schema.additional) out.additional = without_constraints(*schema.additional, depth + 1);
  for (Property property : schema.properties) {
    property.required = false;
    property.default_value = nullptr;
    property.schema = without_constraints(*property.schema, depth + 1);
    out.properties.push_back(property);
  }
  return opaque_[&schema] = intern(std::move(out));
}

const Schema* CrdCompiler::intern(Schema&& schema) {
  const Schema*& shared = known_[key_of(schema)];
  if (!shared) shared = &schemas_.emplace_back(std::move(schema));
  return shared;
}

}  // namespace isvcc
