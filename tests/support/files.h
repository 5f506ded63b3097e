#pragma once
// Files of the source tree and scratch folders for tests.
#include <fstream>
#include <iterator>
#include <string>

namespace isvcc::test {

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A file under fixtures/: "yaml/emit.json".
inline std::string fixture(const std::string& name) { return read_file(std::string(ISVCC_SOURCE_DIR) + "/fixtures/" + name); }

}  // namespace isvcc::test
