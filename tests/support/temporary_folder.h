#pragma once
// A folder of a test's own, removed with all it holds.
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "support/files.h"

namespace isvcc::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "isvcc-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(const std::string& name = {}) const { return name.empty() ? path_ : path_ + "/" + name; }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }
  std::string read(const std::string& name) const { return read_file(path(name)); }
  bool has(const std::string& name) const { return std::filesystem::symlink_status(path(name)).type() != std::filesystem::file_type::not_found; }

  // Everything below a folder: path → text, "-> target" for links, "/" for folders without files.
  std::map<std::string, std::string> tree(const std::string& name = {}) const {
    std::map<std::string, std::string> out;
    const std::string root = path(name);
    if (!std::filesystem::exists(root)) return out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::string relative = entry.path().string().substr(root.size() + 1);
      if (entry.is_symlink()) out[relative] = "-> " + std::filesystem::read_symlink(entry.path()).string();
      else if (entry.is_regular_file()) out[relative] = read_file(entry.path().string());
      else if (entry.is_directory() && std::filesystem::is_empty(entry.path())) out[relative] = "/";
    }
    return out;
  }

 private:
  std::string path_;
};

}  // namespace isvcc::test
