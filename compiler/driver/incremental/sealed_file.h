#pragma once
// A file of the cache that is read and written as a whole: a first line that says what it is, the rows, a checksum of both.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/checksum.h"

namespace isvcc {

// The bytes of a file, where they stay.
class CacheFile {
 public:
  CacheFile() = default;
  // Empty when there is no such file.
  explicit CacheFile(const std::string& path);
  std::string_view bytes() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
};

// The rows; empty when the file is of another kind, cut short or damaged.
std::string_view unsealed(std::string_view text, std::string_view first_line);
// The checksum that the file ends with, whether it is right or not.
Checksum seal_of(std::string_view text);
// The first of `pieces` begins with the first line. The checksum of all of them.
Checksum write_sealed(const std::string& path, std::vector<std::string_view> pieces);

}  // namespace isvcc
