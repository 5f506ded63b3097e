#pragma once
// Durations as Go writes them: "1h15m30.5s", "-2us", "0".
#include <cstdint>
#include <optional>
#include <string_view>

namespace isvcc {

// Nanoseconds (time.ParseDuration); nothing when the text is no duration or does not fit.
std::optional<int64_t> parse_go_duration(std::string_view text);

}  // namespace isvcc
