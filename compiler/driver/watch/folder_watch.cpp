#include "driver/watch/folder_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/text.h"

namespace isvcc {

// Editors write in place, or write beside and rename.
static constexpr uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

FolderWatch::FolderWatch() : fd_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) { ISVCC_CHECK(fd_ >= 0, std::strerror(errno)); }
FolderWatch::~FolderWatch() { ::close(fd_); }

std::vector<std::string> FolderWatch::watch(const std::set<std::string>& folders) {
  problem_.clear();
  for (auto at = descriptors_.begin(); at != descriptors_.end();) {
    if (folders.contains(at->first)) {
      ++at;
      continue;
    }
    inotify_rm_watch(fd_, at->second);
    folders_.erase(at->second);
    at = descriptors_.erase(at);
  }
  std::vector<std::string> added;
  for (const std::string& folder : folders) {
    if (descriptors_.contains(folder)) continue;
    const int descriptor = inotify_add_watch(fd_, folder.c_str(), kEvents);
    if (descriptor >= 0) {
      folders_[descriptor] = folder;
      descriptors_[folder] = descriptor;
      added.push_back(folder);
    } else if (errno == ENOSPC) {
      problem_ = cat("only ", descriptors_.size(), " of ", folders.size(), " folders can be watched: the system's limit fs.inotify.max_user_watches is reached");
      break;
    }
  }
  return added;
}

std::set<std::string> FolderWatch::changes(bool& lost) {
  std::set<std::string> paths;
  alignas(inotify_event) char buffer[64 * 1024];
  for (ssize_t size; (size = ::read(fd_, buffer, sizeof buffer)) > 0;) {
    for (const char* at = buffer; at < buffer + size;) {
      const auto& event = *reinterpret_cast<const inotify_event*>(at);
      at += sizeof event + event.len;
      lost = lost || (event.mask & IN_Q_OVERFLOW) != 0;
      const auto folder = folders_.find(event.wd);
      if (folder == folders_.end()) continue;
      paths.insert(event.len > 0 ? cat(folder->second, '/', std::string_view(event.name)) : folder->second);
      if ((event.mask & IN_IGNORED) == 0) continue;
      descriptors_.erase(folder->second);  // the folder is gone, and its watch with it
      folders_.erase(folder);
    }
  }
  return paths;
}

}  // namespace isvcc
