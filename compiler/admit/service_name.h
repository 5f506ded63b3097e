#pragma once
// The names KServe takes for services and graphs.
#include <string_view>

namespace isvcc {

// [a-z]([-a-z0-9]*[a-z0-9])? of any length: a DNS label's length is not checked here.
bool is_service_name(std::string_view name);

}  // namespace isvcc
