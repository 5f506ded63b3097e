#pragma once
// The timestamps that go-yaml v2 knows. They stay text; only the tag !!timestamp asks whether a text is one.
#include <string_view>

namespace isvcc {

// YYYY-M-D, alone or followed by a time of day: "T15:4:5Z", "t15:4:5.25-05:00", " 15:4:5". Mirrors parseTimestamp().
bool is_timestamp(std::string_view text);

}  // namespace isvcc
