#pragma once
// The parsers behind the YAML reader. Each turns one document's text into events for a YamlBuilder; third-party types stay inside.
#include "load/yaml_builder.h"

namespace isvcc {

// Feeds bytes [begin, end) of builder.text() into `builder`. The text is known to be UTF-8 without control characters, and to have
// no other directives than %YAML 1.1. False when the document has to be given up: builder.tree().problem() says why.
// True without events when there is nothing but comments: builder.root() is null then.
bool read_with_libyaml(YamlBuilder& builder, size_t begin, size_t end, bool ascii);
bool read_with_yaml_cpp(YamlBuilder& builder, size_t begin, size_t end, bool ascii);

}  // namespace isvcc
