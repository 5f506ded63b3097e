#include "base/text.h"
#include "tools/tables.h"

namespace isvcc::notation {
namespace {

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (c == '\n') out += "\\n";
    else out.push_back(c);
  }
  return out + "\"";
}

std::string number(double value) {
  char digits[64];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string row_of(const std::string& text) { return cat(literal(text), "sv"); }
std::string row_of(uint16_t index) { return cat(index); }
std::string row_of(const image::RuleRow& r) { return cat('{', r.expression, ',', r.message, '}'); }
std::string row_of(const image::TypeRow& r) { return cat('{', r.name, ',', r.schema, '}'); }

std::string row_of(const image::LimitsRow& r) {
  return cat('{', number(r.minimum), ',', number(r.maximum), ',', number(r.multiple_of), ',', r.min_length, ',', r.max_length, ',',
             r.min_items, ',', r.max_items, ',', r.min_properties, ',', r.max_properties, ',', int(r.has_minimum), ',', int(r.has_maximum),
             ',', int(r.exclusive_minimum), ',', int(r.exclusive_maximum), ',', int(r.unique_items), '}');
}

std::string row_of(const image::PropertyRow& r) {
  return cat('{', r.name, ',', r.schema, ',', r.default_json, ',', r.merge_key, ',', int(r.merge), ',', int(r.required), ',',
             int(r.always), ',', int(r.pointer), ',', int(r.since), ',', int(r.until), ',', r.position, '}');
}

std::string row_of(const image::SchemaRow& r) {
  return cat('{', r.name, ',', int(r.type), ',', int(r.list_type), ",Zero(", int(r.zero), "),", int(r.nullable), ',',
             int(r.preserve_unknown), ',', int(r.embedded_resource), ',', int(r.metric_quantity), ',', r.additional, ',', r.items, ',',
             r.pattern, ',', r.format, ',', r.limits, ',', r.first_property, ',', r.properties, ',', r.first_text, ',', r.enumeration, ',',
             r.list_keys, ',', r.at_most_one, ',', r.first_rule, ',', r.rules, '}');
}

std::string row_of(const image::KindRow& r) {
  return cat('{', r.api_version, ',', r.kind, ',', r.schema, ',', int(r.namespaced), ',', int(r.since), ',', int(r.until), '}');
}

// One array and the span over it.
template <class Row>
void table(std::string& out, std::string_view type, std::string_view name, const std::vector<Row>& rows) {
  out += cat("static constexpr ", type, ' ', name, "_rows[] = {\n");
  for (const Row& r : rows) out += cat("  ", row_of(r), ",\n");
  if (rows.empty()) out += "  {},\n";
  out += cat("};\nconst std::span<const ", type, "> ", name, "(", name, "_rows, ", rows.size(), ");\n\n");
}

}  // namespace

std::string source_of(const Tables& tables) {
  std::string out =
      "// Made by schema_compiler from schemas/*.schema.\n#include \"schema/image.h\"\n\n"
      "namespace isvcc::image {\nusing namespace std::string_view_literals;\n\n";
  table(out, "std::string_view", "releases", tables.releases);
  table(out, "std::string_view", "texts", tables.texts);
  table(out, "uint16_t", "lists", tables.lists);
  table(out, "LimitsRow", "limits", tables.limits);
  table(out, "RuleRow", "rules", tables.rules);
  table(out, "PropertyRow", "properties", tables.properties);
  table(out, "SchemaRow", "schemas", tables.schemas);
  table(out, "KindRow", "kinds", tables.kinds);
  table(out, "TypeRow", "types", tables.types);
  return out + "}  // namespace isvcc::image\n";
}

}  // namespace isvcc::notation
