#pragma once
// Base64 as Go's encoding/base64.StdEncoding reads it: padded, line ends ignored, stray low bits tolerated.
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

std::optional<std::string> decode_base64(std::string_view text);

}  // namespace isvcc
