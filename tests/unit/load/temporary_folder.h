#pragma once
// A folder on the disk that is gone when the test ends.
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace isvcc::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "isvcc-test-XXXXXX";
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path(const std::string& name = {}) const { return name.empty() ? path_ : path_ + "/" + name; }
  void folder(const std::string& name) const { std::filesystem::create_directories(path(name)); }
  void file(const std::string& name, const std::string& text) const {
    folder(std::filesystem::path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }
  void link(const std::string& name, const std::string& target) const {
    folder(std::filesystem::path(name).parent_path());
    std::filesystem::create_symlink(target, path(name));
  }
  void pipe(const std::string& name) const {
    if (::mkfifo(path(name).c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
  }

 private:
  std::string path_;
};

}  // namespace isvcc::test
