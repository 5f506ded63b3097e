#pragma once
// Go's fmt: Sprint, Sprintln, Sprintf over GoValues. Output beyond the limit is cut; the caller checks the size.
#include <span>
#include <string>

#include "ops/gotemplate/value.h"

namespace isvcc::gotemplate {

// %v or another verb of one value.
std::string format_value(const GoValue& value, char32_t verb = 'v');
// Blanks between operands when neither is a string.
std::string sprint(std::span<const GoValue> values);
// Blanks between all operands, a newline at the end.
std::string sprintln(std::span<const GoValue> values);
std::string sprintf(std::string_view format, std::span<const GoValue> values, size_t limit);

}  // namespace isvcc::gotemplate
