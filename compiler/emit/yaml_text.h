#pragma once
// One string as a YAML scalar, in the style and with the folding of the Kubernetes emitter. Knows nothing of maps and lists.
#include <string_view>

#include "emit/text_buffer.h"

namespace isvcc {

// Whether lines end at the first blank beyond 80 columns.
enum class Fold { No, Yes };

// Appends `text` to the current line and ends that line. Continuation lines start with `indent` blanks. Strings that
// go-yaml cannot write (control characters, non-characters) get double quotes and escapes; invalid UTF-8 becomes U+FFFD
// as in Go's JSON encoder.
void append_yaml_text(TextBuffer& out, std::string_view text, size_t indent, Fold fold = Fold::Yes);

// The text as a map's key, on one line that goes on. False, and nothing is written, when the key needs the `? key` form
// because it is longer than 128 bytes or has a line break in it.
bool append_yaml_key(TextBuffer& out, std::string_view key);

}  // namespace isvcc
