#pragma once
// Jsonnet's strings: text between quotes, verbatim text, text blocks.
#include <optional>
#include <string>
#include <string_view>

namespace isvcc::jsonnet {

// The byte after the text block that begins with ||| at `begin`; 0 when it is not complete.
size_t end_of_text_block(std::string_view text, size_t begin);

// The text as a Jsonnet string in double quotes, on one line.
std::string quoted_string(std::string_view text);

}  // namespace isvcc::jsonnet
