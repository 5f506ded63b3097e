#pragma once
// A file of the cache that is read and written as a whole: a first line that says what it is, the rows, a digest of both.
#include <string>
#include <string_view>

#include "driver/incremental/bytes.h"

namespace isvcc {

// Empty when there is no such file.
std::string read_cache_file(const std::string& path);
// The rows; empty when the file is of another kind, cut short or damaged.
std::string_view unsealed(std::string_view text, std::string_view first_line);
// `rows` begins with the first line.
void write_sealed(const std::string& path, const ByteWriter& rows);

}  // namespace isvcc
