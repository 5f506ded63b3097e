#pragma once
// Dates and times as go-yaml v2 recognises them in unquoted scalars. Recognises only.
#include <string_view>

namespace isvcc {

// YYYY-M-D, alone, or followed by T or t, a time and a zone, or by blanks and a time. Mirrors parseTimestamp().
bool is_date_or_time(std::string_view text);

}  // namespace isvcc
