#pragma once
// Constants of templates: Go's number, character and string literals.
#include <optional>
#include <string>
#include <string_view>

#include "ops/gotemplate/ast.h"

namespace isvcc::gotemplate {

// Nothing and `error` set to Go's text when this is no number.
std::optional<Number> parse_number(std::string_view text, std::string& error);
// 'x' → its code point.
std::optional<Number> parse_char(std::string_view quoted, std::string& error);
// "…" or `…` without quotes and escapes (strconv.Unquote); nothing when an escape is wrong.
std::optional<std::string> unquote(std::string_view quoted);

}  // namespace isvcc::gotemplate
