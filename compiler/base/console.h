#pragma once
// Texts for people on the standard streams.
#include <cstdio>
#include <string_view>

namespace isvcc {

// At once. What cannot be written is lost, but the stream remembers that: std::ferror(to).
void put(std::FILE* to, std::string_view text);

}  // namespace isvcc
