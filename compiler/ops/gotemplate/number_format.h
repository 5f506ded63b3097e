#pragma once
// One scalar under one verb of Go's fmt, with flags, width and precision.
#include <cstdint>
#include <string>
#include <string_view>

namespace isvcc::gotemplate {

struct FormatFlags {
  bool minus = false, plus = false, sharp = false, space = false, zero = false;
  bool plus_names = false;  // %+v
  bool go_syntax = false;   // %#v
  bool has_width = false, has_precision = false;
  size_t width = 0, precision = 0;
};

// Adds blanks (or zeros) up to the width, counted in characters.
void pad(std::string& out, std::string_view text, const FormatFlags& flags);

// Each returns false for a verb that does not fit the type.
bool format_bool(std::string& out, bool value, char32_t verb, const FormatFlags& flags);
bool format_integer(std::string& out, uint64_t value, bool is_signed, char32_t verb, FormatFlags flags);
bool format_float(std::string& out, double value, char32_t verb, const FormatFlags& flags);
bool format_string(std::string& out, std::string_view value, char32_t verb, const FormatFlags& flags);

}  // namespace isvcc::gotemplate
