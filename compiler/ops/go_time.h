#pragma once
// Times as metav1.Time reads and writes them: RFC 3339 in, whole seconds in UTC out.
#include <string>
#include <string_view>

namespace isvcc {

// "2024-01-02T03:04:05+01:00" → "2024-01-02T02:04:05Z". `error` is set to Go's text when the input is no such time.
std::string go_time(std::string_view text, std::string& error);

}  // namespace isvcc
