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

// The root of the source tree.
std::string source_dir();

// A file under fixtures/: "yaml/emit.json".
inline std::string fixture(const std::string& name) { return read_file(source_dir() + "/fixtures/" + name); }

}  // namespace isvcc::test
