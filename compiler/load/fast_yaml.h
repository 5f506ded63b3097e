#pragma once
// Block YAML as Kubernetes repositories write it, read in one pass without tokens. Knows block maps and lists, plain and quoted
// scalars of one line, literal and folded blocks, comments, brackets and braces of one line, anchors and aliases of values.
// Everything else is "not mine": the caller reads the document again with libyaml. What it does read, it reads exactly as libyaml
// does, down to offsets; it reports nothing, so a document with anything to report is not its own either.
#include "load/yaml_builder.h"

namespace isvcc {

// Reads bytes [begin, end) of builder.text(), which is UTF-8 without control characters. False: not mine; reset the builder.
// True without a root: nothing but comments.
bool read_fast(YamlBuilder& builder, size_t begin, size_t end, bool ascii);

}  // namespace isvcc
