#pragma once
// Jsonnet files that are plain data: read at once, every value with its place. What is not plainly so is left to libjsonnet.
#include <string_view>

#include "load/reader.h"

namespace isvcc::jsonnet {

// The value of a text that holds only literals, null for any other text.
const Node* read_literal(std::string_view text, FileId file, const Limits& limits, Arena& arena);

}  // namespace isvcc::jsonnet
