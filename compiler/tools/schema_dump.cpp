// schema_dump RELEASE [APIVERSION KIND]: the built-in schemas flattened, one field a line, for ci/check_schemas.py:
//   spec.containers[].name <TAB> string required
// Without a kind: the list of kinds.
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "schema/schema.h"

namespace isvcc {
namespace {

std::string_view type_word(const Schema& schema) {
  switch (schema.type) {
    case SchemaType::Any: return "any";
    case SchemaType::Object: return "object";
    case SchemaType::Map: return "map";
    case SchemaType::List: return "list";
    case SchemaType::String: return "string";
    case SchemaType::Integer: return "integer";
    case SchemaType::Number: return "number";
    case SchemaType::Boolean: return "boolean";
    case SchemaType::IntOrString:
    case SchemaType::Quantity: return "int-or-string";
    case SchemaType::Null: return "null";
  }
  return "";
}

class Words {
 public:
  explicit Words(std::string_view first) : text_(first) {}
  void flag(std::string_view name, bool on) {
    if (on) text_ += cat(' ', name);
  }
  void word(std::string_view name, std::string_view value) {
    if (!value.empty()) text_ += cat(' ', name, '=', value);
  }
  void size(std::string_view name, int64_t value) {
    if (value >= 0) text_ += cat(' ', name, '=', value);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// The fields of oneOf [not …, a given, b given]: the only combination that the notation has.
std::string at_most_one(const Combination& c) {
  std::vector<std::string_view> names;
  for (const Schema* part : c.parts)
    if (!part->properties.empty()) names.push_back(part->properties[0].name);
  return join(names, "|");
}

std::string facts(const Schema& s, const Property* property) {
  Words words(type_word(s));
  words.flag("required", property && property->required);
  if (property && property->default_value) words.word("default", brief(property->default_value, 4000));
  words.word("format", s.format);
  words.word("pattern", s.pattern);
  std::vector<std::string> allowed;
  for (const Node* value : s.enumeration) allowed.push_back(brief(value, 4000));
  words.word("enum", join(allowed, "|"));
  if (s.has_minimum) words.word(s.exclusive_minimum ? "above" : "min", number_text(s.minimum));
  if (s.has_maximum) words.word(s.exclusive_maximum ? "below" : "max", number_text(s.maximum));
  if (s.multiple_of != 0) words.word("multipleOf", number_text(s.multiple_of));
  words.size("minLength", s.min_length);
  words.size("maxLength", s.max_length);
  words.size("minItems", s.min_items);
  words.size("maxItems", s.max_items);
  words.size("minProperties", s.min_properties);
  words.size("maxProperties", s.max_properties);
  words.flag("nullable", s.nullable);
  words.flag("preserve", s.preserve_unknown);
  words.flag("embedded", s.embedded_resource);
  words.flag("set", s.list_type == ListType::Set);
  std::vector<std::string_view> keys = s.list_keys;
  std::sort(keys.begin(), keys.end());
  words.word("keys", join(keys, ","));
  for (const Combination& c : s.combinations) words.word("atMostOne", at_most_one(c));
  for (const CelRule& rule : s.rules) words.word("rule", cat(rule.rule, " / ", rule.message));
  return words.text();
}

// A type below itself is printed once.
void dump(const Schema& schema, const Property* property, const std::string& path, int depth) {
  std::printf("%s\t%s\n", path.c_str(), facts(schema, property).c_str());
  if (depth > 60) return;
  if (schema.items) dump(*schema.items, nullptr, path + "[]", depth + 1);
  if (schema.additional) dump(*schema.additional, nullptr, path + "{}", depth + 1);
  for (const Property& p : schema.properties)
    if (!path.empty() || p.name != "metadata") dump(*p.schema, &p, path.empty() ? std::string(p.name) : cat(path, '.', p.name), depth + 1);
}

int run(int argc, char** argv) {
  const SchemaSet& set = builtin_schemas(argv[1]);
  if (argc < 4) {
    for (const std::string& kind : set.kinds()) std::printf("%s\n", kind.c_str());
    return 0;
  }
  const Schema* schema = set.kind(argv[2], argv[3]);
  if (!schema) return std::fprintf(stderr, "unknown kind\n"), 1;
  dump(*schema, nullptr, "", 0);
  return 0;
}

}  // namespace
}  // namespace isvcc

int main(int argc, char** argv) {
  if (argc != 2 && argc != 4) return std::fprintf(stderr, "usage: schema_dump RELEASE [APIVERSION KIND]\n"), 2;
  return isvcc::run(argc, argv);
}
