#pragma once
// Waits until something changes in a set of folders (inotify). Folders are not looked at by themselves: what is new below one of them is
// an event of that one.
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace isvcc {

class FolderWatch {
 public:
  FolderWatch();
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Watches exactly these absolute folders from now on; gives those that were not watched before. Folders that are gone are left out.
  std::vector<std::string> watch(const std::set<std::string>& folders);
  // Why the last watch() could not watch everything; empty when it could.
  const std::string& problem() const { return problem_; }

  // Readable when something happened.
  int descriptor() const { return fd_; }
  // The absolute paths that changed since the last call, without waiting. `lost` when the kernel gave up counting them: anything may have changed.
  std::set<std::string> changes(bool& lost);

 private:
  int fd_ = -1;
  std::map<int, std::string> folders_;     // by watch descriptor
  std::map<std::string, int> descriptors_;
  std::string problem_;
};

}  // namespace isvcc
