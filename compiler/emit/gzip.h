#pragma once
// Bytes → a gzip stream without name and time, so that equal bytes give equal streams.
#include <string>
#include <string_view>

namespace isvcc {

// Empty when zlib fails, which only a lack of memory can cause.
std::string gzip_of(std::string_view bytes);

}  // namespace isvcc
