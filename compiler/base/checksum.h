#pragma once
// XXH3 of 128 bits: for what may be damaged by accident. Whoever wants two texts of one checksum finds them: sha256.h is for names.
#include <cstdint>
#include <string_view>
#include <vector>

namespace isvcc {

struct Checksum {
  uint64_t low = 0, high = 0;
  bool operator==(const Checksum&) const = default;
};

// Of the text that the pieces make together.
Checksum checksum(const std::vector<std::string_view>& pieces);

}  // namespace isvcc
