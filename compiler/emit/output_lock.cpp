#include "emit/output_lock.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "emit/temporary_names.h"

namespace isvcc {

static Fd open_lock(int folder, const std::string& name) {
  return Fd(::openat(folder, name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
}

// The writer before us removes the file with the lock held: then our lock is on a file that nobody else will find.
static bool is_current(int folder, const std::string& name, const Fd& file) {
  struct stat info {};
  return ::fstat(file.get(), &info) == 0 && same_inode(status(folder, name), info);
}

static bool cannot_write(int error) { return error == EACCES || error == EROFS || error == EPERM; }

Locking OutputLock::take(const OutputPlace& place, bool wait, const StopSignals::Hold& hold, IoFailure& failure) {
  folder_ = Fd(::fcntl(place.parent.get(), F_DUPFD_CLOEXEC, 0));
  name_ = lock_beside(place.name);
  file_ = open_lock(folder_.get(), name_);
  if (!file_ && cannot_write(errno) && place.folder) {
    inside_ = true;
    name_ = std::string(kLockInside);
    ::mkdirat(place.folder.get(), std::string(kOwnFolder).c_str(), 0755);
    folder_ = Fd(::fcntl(place.folder.get(), F_DUPFD_CLOEXEC, 0));
    file_ = open_lock(folder_.get(), name_);
  }
  for (int attempts = 3; file_;) {
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) == 0) {
      if (is_current(folder_.get(), name_, file_)) return Locking::Locked;
      file_ = open_lock(folder_.get(), name_);
      continue;
    }
    const bool busy = errno == EWOULDBLOCK;
    if (!busy && --attempts == 0) break;
    if (hold.stop_requested() || (busy && !wait)) {
      file_.reset();
      return busy && !wait ? Locking::Busy : Locking::Stopped;
    }
    if (busy) ::poll(nullptr, 0, 10);
  }
  failure = {errno, "lock", place.name};
  file_.reset();
  return Locking::Failed;
}

OutputLock::~OutputLock() {
  if (!file_) return;
  remove_file(folder_.get(), name_);
  if (inside_) remove_empty_folder(folder_.get(), std::string(kOwnFolder));
}

}  // namespace isvcc
