#pragma once
// Which isvcc this is.
#include <string_view>

namespace isvcc {

std::string_view isvcc_version();

}  // namespace isvcc
