#pragma once
// Prints as sigs.k8s.io/yaml does: keys sorted at every level (emit/key_order.h), two-space indent, list items not
// indented, its quoting rules, its folding at 80 columns. Never touches files.
#include <cstddef>
#include <string>

#include "tree/node.h"

namespace isvcc {

// Deeper values are a bug of isvcc: readers stop at 200 levels.
inline constexpr size_t kDeepestOutput = 2000;

enum class YamlStyle {
  Kubernetes,  // what is described above
  GoYaml,      // as go-yaml v3 with an indent of two: list items are indented below their key, lines are never folded
  Tanka,       // the same with go-yaml's own indent of four
};

// Appends the document and its final newline.
void write_yaml(std::string& out, View value, YamlStyle style = YamlStyle::Kubernetes);

// The same, printed into the arena.
std::string_view print_yaml(View value, Arena& arena, YamlStyle style = YamlStyle::Kubernetes);

// Compact JSON (`indent` 0) or indented; keys sorted by bytes; UTF-8 kept, control characters escaped.
void write_json(std::string& out, View value, int indent = 0);

}  // namespace isvcc
