#include "ops/field_error.h"

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "base/text.h"

namespace isvcc::field_error {

// fmt's %v of a float64.
static std::string go_float(double value) {
  const double magnitude = std::abs(value);
  if (magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e21)) return number_text(value);
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr};
}

static std::string json_of(View value);

// Keys are sorted, as in Go's encoding of a map.
static std::string json_of_map(View map) {
  std::vector<const Field*> fields;
  for (const Field& field : map.fields()) fields.push_back(&field);
  std::stable_sort(fields.begin(), fields.end(), [](const Field* a, const Field* b) { return a->key() < b->key(); });
  std::string out = "{";
  for (const Field* field : fields) {
    if (out.size() > 1) out += ',';
    append_json_string(out, field->key());
    out += cat(':', json_of(field->value));
  }
  return out + '}';
}

static std::string json_of(View value) {
  if (value.is_map()) return json_of_map(value);
  std::string out;
  if (value.is_text()) append_json_string(out, value.text());
  if (!value.is_list()) return value.is_text() ? out : shown(value);
  for (const Node* item : value.items()) out += cat(out.empty() ? "" : ",", json_of(item));
  return cat('[', out, ']');
}

std::string shown(View value) {
  if (!value || value.is_null()) return "null";
  if (value.is_text()) return go_quote(value.text());
  if (value.is(Kind::Bool)) return value.is_true() ? "true" : "false";
  if (value.is(Kind::Float)) return go_float(value.node()->d);
  if (value.is_number()) return number_text(*value.node());
  return json_of(value);
}

std::string_view type_word(const Schema& schema) {
  switch (schema.type) {
    case SchemaType::Object:
    case SchemaType::Map: return "object";
    case SchemaType::List: return "array";
    case SchemaType::String: return "string";
    case SchemaType::Integer: return "integer";
    case SchemaType::Number: return "number";
    case SchemaType::Boolean: return "boolean";
    case SchemaType::IntOrString:
    case SchemaType::Quantity: return "integer,string";
    default: return "";
  }
}

std::string required(std::string_view path) { return cat(path, ": Required value"); }

std::string wrong_type(std::string_view path, std::string_view expected, std::string_view found) {
  return invalid_in_body(path, go_quote(found), cat("must be of type ", expected, ": ", go_quote(found)));
}

std::string unsupported(std::string_view path, View value, const std::vector<const Node*>& allowed) {
  std::vector<std::string> words;
  for (const Node* one : allowed) words.push_back(View(one).is_text() ? go_quote(View(one).text()) : go_quote(shown(one)));
  return cat(path, ": Unsupported value: ", shown(value), ": supported values: ", join(words, ", "));
}

std::string duplicate(std::string_view path, std::string_view value) { return cat(path, ": Duplicate value: ", value); }

std::string invalid_in_body(std::string_view path, std::string_view value, std::string_view what) {
  return cat(path, ": Invalid value: ", value, ": ", path, " in body ", what);
}

std::string invalid(std::string_view path, std::string_view value, std::string_view what) {
  return cat(path, ": Invalid value: ", value, ": ", what);
}

std::string too_long(std::string_view path, int64_t limit) {
  return cat(path, ": Too long: may not be more than ", limit, limit == 1 ? " byte" : " bytes");
}

std::string too_many(std::string_view path, size_t count, int64_t limit) {
  return cat(path, ": Too many: ", count, ": must have at most ", limit, limit == 1 ? " item" : " items");
}

std::string rule(std::string_view path, std::string_view reason, std::string_view type, std::string_view message) {
  const std::string_view at = path.empty() ? "<nil>" : path;
  if (reason == "FieldValueRequired") return cat(at, ": Required value: ", message);
  if (reason == "FieldValueForbidden") return cat(at, ": Forbidden: ", message);
  if (reason == "FieldValueDuplicate") return cat(at, ": Duplicate value: ", go_quote(type));
  return cat(at, ": Invalid value: ", go_quote(type), ": ", message);
}

std::string without_path(std::string_view what) { return cat("<nil>: Invalid value: \"\": ", what); }

}  // namespace isvcc::field_error
