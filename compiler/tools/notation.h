#pragma once
// The text notation of schemas/*.schema (described in schemas/README.md), as read: declarations, nothing resolved.
// Build-time only: isvcc itself sees the tables that schema_compiler makes of it.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc::notation {

struct Place {
  std::string file;
  int line = 0;
};

struct Rule {
  std::string expression, message;
};

// What may follow a type: `enum=a|b min=1 map=name`.
struct Constraints {
  std::vector<std::string> enumeration;
  std::string pattern, format, merge_key;
  std::optional<double> minimum, maximum, multiple_of;
  std::optional<int64_t> min_length, max_length, min_items, max_items, min_properties, max_properties;
  bool exclusive_minimum = false, exclusive_maximum = false, unique = false;
  bool nullable = false, preserve = false, embedded = false, set = false, merge = false, retain_keys = false;
  std::vector<std::string> map_keys, at_most_one;
  std::vector<Rule> rules;
};

struct TypeExpression {
  enum class Form { Named, List, Map };
  Form form = Form::Named;
  bool pointer = false;
  std::string name;                        // Named
  std::shared_ptr<TypeExpression> inner;   // List, Map
  Constraints constraints;
};

struct FieldDeclaration {
  std::string name;
  bool always = false, required = false;
  TypeExpression type;
  std::optional<std::string> default_json;
  std::string since, until;  // releases; empty: open
  Place place;
};

// A line below `type` or `kind`: a field, `include Other` or `drop field`.
struct Member {
  enum class Form { Field, Include, Drop };
  Form form = Form::Field;
  FieldDeclaration field;
  std::string name;  // Include, Drop
  Place place;
};

struct TypeDeclaration {
  std::string name, base;  // base: `from Other`, or empty
  std::optional<TypeExpression> alias;  // `alias Name = …`
  Constraints constraints;
  std::vector<Member> members;
  Place place;
};

struct KindDeclaration {
  std::string api_version, kind;
  bool namespaced = true;
  std::string since, until;
  TypeDeclaration type;
};

struct File {
  std::vector<std::string> releases;
  std::vector<TypeDeclaration> types;
  std::vector<KindDeclaration> kinds;
};

// Appends the declarations of one file. The first mistake ends it: `error` is then "file:line: …" and the result false.
bool parse(std::string_view text, const std::string& file, File& into, std::string& error);

}  // namespace isvcc::notation
