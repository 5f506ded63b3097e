#pragma once
// One string as a YAML scalar, in the style and with the folding of the Kubernetes emitter. Knows nothing of maps and lists.
#include <string>
#include <string_view>

namespace isvcc {

enum class Fold { No, Yes };

// Appends `text` to the current line of `out`; no end of line follows, except where a block scalar ends with its own.
// Continuation lines start with `indent` blanks. Strings that go-yaml cannot write (control characters, non-characters)
// get double quotes and escapes; invalid UTF-8 becomes U+FFFD as in Go's JSON encoder.
void append_yaml_text(std::string& out, std::string_view text, size_t indent, Fold fold);

// True when a key of this text needs the `? key` form: longer than 128 bytes, or with a line break in it.
bool needs_question_mark(std::string_view key);

}  // namespace isvcc
