#pragma once
// Prints as sigs.k8s.io/yaml does: keys sorted at every level (by bytes), two-space indent, list items not indented, its quoting rules.
#include <string>

#include "tree/node.h"

namespace isvcc {

// Appends the document and its final newline.
void write_yaml(std::string& out, View value);

// Compact JSON (`indent` 0) or indented; keys sorted by bytes; UTF-8 kept, control characters escaped.
void write_json(std::string& out, View value, int indent = 0);

}  // namespace isvcc
