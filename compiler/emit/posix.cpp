#include "emit/posix.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <memory>

#include "base/text.h"

namespace isvcc {

std::string words(const IoFailure& failure) {
  const char* description = strerrordesc_np(failure.error);
  const char* name = strerrorname_np(failure.error);
  return cat("cannot ", failure.doing, " ", quote(failure.path, 1000), ": ", description ? description : "unknown error", " (", name ? name : "?", ")");
}

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

int Fd::release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

void Fd::reset() { close_checked(); }

bool Fd::close_checked() {
  // After EINTR the descriptor is gone on Linux.
  return fd_ < 0 || ::close(release()) == 0 || errno == EINTR;
}

// Calls again as long as a signal interrupts.
template <class Call>
static auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

static constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

Fd open_folder(int at, const std::string& name) {
  return Fd(uninterrupted([&] { return ::openat(at, name.c_str(), kFolder); }));
}

static Fd open_in_steps(int at, const std::string& path) {
  Fd folder = open_folder(at, ".");
  for (std::string_view name : split(path, '/'))
    if (folder) folder = open_folder(folder.get(), std::string(name));
  return folder;
}

Fd open_folder_beneath(int at, const std::string& path) {
  if (path.empty()) return open_folder(at, ".");
  if (!contains(path, "/")) return open_folder(at, path);
  struct open_how how {};
  how.flags = kFolder;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
  const long fd = uninterrupted([&] { return ::syscall(SYS_openat2, at, path.c_str(), &how, sizeof how); });
  if (fd >= 0) return Fd(static_cast<int>(fd));
  // Old kernels and some sandboxes do not know the call.
  return errno == ENOSYS || errno == EPERM || errno == EAGAIN ? open_in_steps(at, path) : Fd();
}

static bool fail(IoFailure& failure, const char* doing, const std::string& path) {
  failure = {errno, doing, path};
  return false;
}

// Pieces go out together, as many as the system takes at once.
static bool write_pieces(int fd, const OutputText& text) {
  std::vector<iovec> pieces;
  text.each([&](std::string_view piece) { pieces.push_back({const_cast<char*>(piece.data()), piece.size()}); });
  for (size_t first = 0; first < pieces.size();) {
    const size_t count = std::min<size_t>(pieces.size() - first, IOV_MAX);
    const ssize_t written = uninterrupted([&] { return ::writev(fd, &pieces[first], static_cast<int>(count)); });
    if (written < 0) return false;
    for (auto rest = static_cast<size_t>(written); first < pieces.size(); ++first) {
      iovec& piece = pieces[first];
      if (rest < piece.iov_len) {
        piece = {static_cast<char*>(piece.iov_base) + rest, piece.iov_len - rest};
        break;
      }
      rest -= piece.iov_len;
    }
  }
  return true;
}

bool write_new_file(int at, const std::string& name, const OutputText& text, bool fix_mode, IoFailure& failure) {
  Fd file(uninterrupted([&] { return ::openat(at, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644); }));
  if (!file) return fail(failure, "create", name);
  if (fix_mode && ::fchmod(file.get(), 0644) != 0) return fail(failure, "set the mode of", name);
  if (!write_pieces(file.get(), text)) return fail(failure, "write", name);
  return file.close_checked() || fail(failure, "write", name);
}

static bool read_all(int fd, size_t size, std::string& text) {
  text.resize(size);
  size_t done = 0;
  while (done < size) {
    const ssize_t got = uninterrupted([&] { return ::read(fd, text.data() + done, size - done); });
    if (got < 0) return false;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  text.resize(done);
  return true;
}

bool read_file(int at, const std::string& name, size_t limit, std::string& text, IoFailure& failure) {
  Fd file(uninterrupted([&] { return ::openat(at, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
  struct stat info {};
  if (!file || ::fstat(file.get(), &info) != 0) return fail(failure, "read", name);
  if (!S_ISREG(info.st_mode)) errno = EINVAL;
  else if (static_cast<uint64_t>(info.st_size) > limit) errno = EFBIG;
  else if (read_all(file.get(), static_cast<size_t>(info.st_size), text)) return true;
  return fail(failure, "read", name);
}

bool read_file_beneath(int at, const std::string& path, size_t limit, std::string& text, IoFailure& failure) {
  const Fd folder = open_folder_beneath(at, folder_of(path));
  if (folder) return read_file(folder.get(), name_of(path), limit, text, failure);
  failure = {errno, "read", path};
  return false;
}

bool make_folders(int at, const std::string& path, IoFailure& failure) {
  for (size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (::mkdirat(at, folder.c_str(), 0755) != 0 && errno != EEXIST) return fail(failure, "create the folder", folder);
  }
  return true;
}

struct stat status(int at, const std::string& name) {
  struct stat info {};
  if (::fstatat(at, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) info.st_mode = 0;
  return info;
}

bool same_inode(const struct stat& a, const struct stat& b) { return a.st_mode != 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

static bool unlink_once(int at, const std::string& name, int flags) { return ::unlinkat(at, name.c_str(), flags) == 0 || errno == ENOENT; }
static bool unlink_firmly(int at, const std::string& name, int flags) { return unlink_once(at, name, flags) || unlink_once(at, name, flags); }

bool remove_file(int at, const std::string& name) { return unlink_firmly(at, name, 0); }

bool remove_empty_folder(int at, const std::string& name) { return unlink_firmly(at, name, AT_REMOVEDIR); }

// False when the entry cannot be looked at; one that is gone meanwhile is left out.
static bool add_entry(int folder, const dirent& entry, std::vector<DirectoryEntry>& entries) {
  DirectoryEntry added{entry.d_name, entry.d_ino, static_cast<mode_t>(DTTOIF(entry.d_type))};
  if (added.name == "." || added.name == "..") return true;
  if (entry.d_type == DT_UNKNOWN) {
    struct stat info {};
    if (::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT;
    added.type = info.st_mode & S_IFMT;
  }
  entries.push_back(std::move(added));
  return true;
}

bool entries_of(int folder, std::vector<DirectoryEntry>& entries) {
  Fd own = open_folder(folder, ".");
  std::unique_ptr<DIR, int (*)(DIR*)> stream(own ? ::fdopendir(own.get()) : nullptr, ::closedir);
  if (!stream) return false;
  own.release();
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    if (!add_entry(folder, *entry, entries)) return false;
    errno = 0;
  }
  return errno == 0;
}

namespace {

// Removes a folder and all in it. Works with an own stack: the depth of a tree that others made is theirs to choose.
class FolderRemoval {
 public:
  bool run(int at, const std::string& name) {
    if (!enter(at, name)) return errno == ENOENT;
    while (!levels_.empty()) {
      const bool fine = levels_.back().entries.empty() ? leave(at) : take_next();
      if (!fine) return false;
    }
    return true;
  }

 private:
  struct Level {
    Fd folder;
    std::vector<DirectoryEntry> entries;
    std::string name;
  };

  bool enter(int at, const std::string& name) {
    Level level{open_folder(at, name), {}, name};
    if (!level.folder || !entries_of(level.folder.get(), level.entries)) return false;
    levels_.push_back(std::move(level));
    return true;
  }

  bool take_next() {
    const DirectoryEntry next = std::move(levels_.back().entries.back());
    levels_.back().entries.pop_back();
    const int folder = levels_.back().folder.get();
    return S_ISDIR(next.type) ? enter(folder, next.name) : remove_file(folder, next.name);
  }

  bool leave(int at) {
    const std::string name = levels_.back().name;
    levels_.pop_back();
    return remove_empty_folder(levels_.empty() ? at : levels_.back().folder.get(), name);
  }

  std::vector<Level> levels_;
};

}  // namespace

bool remove_all(int at, const std::string& name, IoFailure& failure) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    const mode_t mode = status(at, name).st_mode;
    if (mode == 0) return true;
    if (S_ISDIR(mode) ? FolderRemoval().run(at, name) : remove_file(at, name)) return true;
  }
  return fail(failure, "remove", name);
}

std::string folder_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

std::string name_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace isvcc
