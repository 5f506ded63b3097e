#pragma once
// A look at the tokens of a Jsonnet file: what it imports, and whether its text can be put between parentheses in a larger one
// without changing its meaning. Knows libjsonnet's tokens, not its grammar: text it doubts is left to libjsonnet.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc::jsonnet {

enum class ImportKind : uint8_t { Code, Text, Bytes };  // import, importstr, importbin

struct ImportToken {
  ImportKind kind;
  uint32_t begin, end;  // from the keyword to the end of the path's string
  std::string path;
};

// Two letters that no identifier of a bundle's files begins with are used for the names of the bundle.
inline constexpr std::string_view kNamePrefixes[] = {"zz", "zq", "qz", "qx", "xq", "jq", "qj", "vq"};

struct Scan {
  // Strings, comments and brackets are complete and every import is one that libjsonnet accepts.
  bool sound = false;
  bool mentions_this_file = false;     // std.thisFile
  bool mentions_native = false;        // std.native
  uint8_t prefixes = 0;                // bit i: an identifier begins with kNamePrefixes[i]
  std::vector<ImportToken> imports;    // in the order of the text
  std::optional<uint32_t> yaml_parser;  // where std.parseYaml is first called
};

Scan scan(std::string_view text);

// True for a name that can stand before `=` in an argument list.
bool is_identifier(std::string_view name);

}  // namespace isvcc::jsonnet
