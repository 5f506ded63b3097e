#pragma once
// The text formats the API server checks in custom resources (go-openapi's strfmt as apiextensions uses it).
#include <string_view>

namespace isvcc {

// True for a format that is checked at all; int32 and the like are not.
bool is_checked_format(std::string_view format);

// True also for formats that are not checked.
bool matches_format(std::string_view format, std::string_view text);

}  // namespace isvcc
