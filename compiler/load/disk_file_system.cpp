// A folder of the disk. Two ways to open a path inside it: openat2() with RESOLVE_BENEATH, and a walk from component to component
// that follows links by hand. Both refuse whatever leads out of the folder.
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "load/file_system.h"

namespace isvcc {

namespace {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Error {
  FileStatus status = FileStatus::Good;
  std::string detail;
};

std::string system_words(int code) {
  char buffer[128];
  return strerror_r(code, buffer, sizeof buffer);
}

Error error_of(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR: return {FileStatus::Missing, {}};
    case EXDEV: return {FileStatus::Outside, {}};
    case ELOOP: return {FileStatus::Loop, {}};
    case ENXIO:  // a socket
    case EISDIR: return {FileStatus::NotAFile, {}};
    case EACCES:
    case EPERM: return {FileStatus::Denied, system_words(code)};
    default: return {FileStatus::Failed, system_words(code)};
  }
}

FileKind kind_of(const struct stat& info) {
  if (S_ISREG(info.st_mode)) return FileKind::File;
  if (S_ISDIR(info.st_mode)) return FileKind::Folder;
  return S_ISLNK(info.st_mode) ? FileKind::Link : FileKind::Other;
}

// ---- the walk

constexpr size_t kMaxLinks = 40;       // as the kernel
constexpr size_t kMaxComponents = 512; // folders that are held open at once

// Follows a path by hand. What was passed stays open, so nobody can move it away under the walk.
class Walk {
 public:
  explicit Walk(int root) : root_(root) {}

  // Goes to where `path` ends. Afterwards folder() holds the last component `name()`, or the path is the root itself.
  Error follow(std::string_view path);
  int folder() const { return folders_.empty() ? root_ : folders_.back().get(); }
  const std::string& name() const { return name_; }
  FileKind kind() const { return kind_; }
  std::string path() const { return join(names_, "/"); }

 private:
  Error step(const std::string& part);
  Error link(int fd);
  void push(std::string_view path);

  int root_;
  std::vector<Fd> folders_;
  std::vector<std::string> names_, todo_;  // todo_: next part last
  std::string name_;
  FileKind kind_ = FileKind::Folder;
  size_t links_ = 0;
};

void Walk::push(std::string_view path) {
  const std::vector<std::string_view> parts = split(path, '/');
  for (size_t i = parts.size(); i-- > 0;)
    if (!parts[i].empty() && parts[i] != ".") todo_.emplace_back(parts[i]);
}

Error Walk::link(int fd) {
  if (++links_ > kMaxLinks) return {FileStatus::Loop, {}};
  char target[PATH_MAX];
  const ssize_t size = ::readlinkat(fd, "", target, sizeof target);
  if (size < 0) return error_of(errno);
  const std::string_view text(target, static_cast<size_t>(size));
  if (starts_with(text, "/")) return {FileStatus::Outside, {}};
  push(text);
  return {};
}

Error Walk::step(const std::string& part) {
  if (part == "..") {
    if (names_.empty()) return {FileStatus::Outside, {}};
    names_.pop_back();
    folders_.pop_back();
    kind_ = FileKind::Folder;
    return {};
  }
  if (folders_.size() >= kMaxComponents) return {FileStatus::Failed, "too many levels of folders"};
  Fd next(::openat(folder(), part.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (!next) return error_of(errno);
  struct stat info;
  if (::fstat(next.get(), &info) != 0) return error_of(errno);
  kind_ = kind_of(info);
  if (kind_ == FileKind::Link) return link(next.get());
  if (kind_ != FileKind::Folder && !todo_.empty()) return {FileStatus::Missing, {}};
  name_ = part;
  names_.push_back(part);
  folders_.push_back(std::move(next));
  return {};
}

Error Walk::follow(std::string_view path) {
  push(path);
  while (!todo_.empty()) {
    const std::string part = std::move(todo_.back());
    todo_.pop_back();
    if (Error error = step(part); error.status != FileStatus::Good) return error;
  }
  // folder() has to hold the last component, not be it.
  if (!folders_.empty()) folders_.pop_back();
  name_ = names_.empty() ? std::string() : names_.back();
  return {};
}

// ---- reading

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_ino == b.st_ino && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec &&
         a.st_ctim.tv_sec == b.st_ctim.tv_sec && a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

// Up to `size` bytes; fewer at the end of the file, -1 on an error.
ssize_t read_bytes(int fd, char* to, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t n = ::read(fd, to + done, size - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    done += static_cast<size_t>(n);
  }
  return static_cast<ssize_t>(done);
}

FileText failure(Error error) { return {error.status, {}, std::move(error.detail)}; }

FileText read_file(int fd, uint64_t max_bytes) {
  struct stat before, after;
  if (::fstat(fd, &before) != 0) return failure(error_of(errno));
  if (!S_ISREG(before.st_mode)) return {FileStatus::NotAFile, {}, {}};
  const auto size = static_cast<uint64_t>(before.st_size);
  if (size > max_bytes) return {FileStatus::TooLarge, {}, {}};
  FileText result;
  // One byte more than the file should have: it would show that somebody appends.
  result.text.resize(size + 1);
  const ssize_t n = read_bytes(fd, result.text.data(), size + 1);
  if (n < 0) return failure(error_of(errno));
  if (static_cast<uint64_t>(n) != size || ::fstat(fd, &after) != 0 || !same_file(before, after)) return {FileStatus::Changed, {}, {}};
  result.text.resize(size);
  return result;
}

FileText read_stream(int fd, uint64_t max_bytes) {
  FileText result;
  constexpr size_t kStep = 1 << 16;
  for (;;) {
    const size_t have = result.text.size();
    result.text.resize(have + kStep);
    const ssize_t n = read_bytes(fd, result.text.data() + have, kStep);
    if (n < 0) return failure(error_of(errno));
    result.text.resize(have + static_cast<size_t>(n));
    if (result.text.size() > max_bytes) return {FileStatus::TooLarge, {}, {}};
    if (static_cast<size_t>(n) < kStep) return result;
  }
}

FileKind kind_of(int folder, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG: return FileKind::File;
    case DT_DIR: return FileKind::Folder;
    case DT_LNK: return FileKind::Link;
    case DT_UNKNOWN: break;
    default: return FileKind::Other;
  }
  struct stat info;
  if (::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) return FileKind::Other;
  return kind_of(info);
}

// ---- the folder

class Folder : public FileSystem {
 public:
  Folder(Fd root, Confinement confinement) : root_(std::move(root)), confinement_(confinement) {}

  FileText read(std::string_view path, uint64_t max_bytes) const override;
  FolderList list(std::string_view folder) const override;
  FilePlace locate(std::string_view path) const override;
  std::optional<FileStamp> stamp(std::string_view path) const override;
  FileText read_input(uint64_t max_bytes) const override { return read_stream(STDIN_FILENO, max_bytes); }

 private:
  Error open(std::string_view path, int flags, Fd& fd) const;
  Error open_by_kernel(const std::string& path, int flags, Fd& fd, bool& unavailable) const;
  Error open_by_walk(std::string_view path, int flags, Fd& fd) const;

  Fd root_;
  Confinement confinement_;
  mutable std::atomic<bool> kernel_refused_{false};
};

// Never waits for a pipe, never becomes the owner of a terminal.
constexpr int kOpenFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

Error Folder::open_by_kernel(const std::string& path, int flags, Fd& fd, bool& unavailable) const {
  open_how how{};
  how.flags = static_cast<uint64_t>(kOpenFlags | flags);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  for (int attempt = 0; attempt < 100; ++attempt) {
    fd = Fd(static_cast<int>(::syscall(SYS_openat2, root_.get(), path.empty() ? "." : path.c_str(), &how, sizeof how)));
    if (fd) return {};
    // EAGAIN: somebody renamed a folder that was passed on the way.
    if (errno != EAGAIN && errno != EINTR) break;
  }
  unavailable = errno == ENOSYS || errno == EINVAL || (errno == EPERM && confinement_ == Confinement::Auto);
  return error_of(errno);
}

Error Folder::open_by_walk(std::string_view path, int flags, Fd& fd) const {
  Walk walk(root_.get());
  if (Error error = walk.follow(path); error.status != FileStatus::Good) return error;
  fd = Fd(::openat(walk.folder(), walk.name().empty() ? "." : walk.name().c_str(), kOpenFlags | flags | O_NOFOLLOW));
  return fd ? Error() : error_of(errno);
}

Error Folder::open(std::string_view path, int flags, Fd& fd) const {
  if (path.find('\0') != std::string_view::npos) return {FileStatus::Missing, {}};
  if (confinement_ == Confinement::Walk || kernel_refused_.load(std::memory_order_relaxed)) return open_by_walk(path, flags, fd);
  bool unavailable = false;
  Error error = open_by_kernel(std::string(path), flags, fd, unavailable);
  if (!unavailable || confinement_ == Confinement::Kernel) return error;
  kernel_refused_.store(true, std::memory_order_relaxed);
  return open_by_walk(path, flags, fd);
}

FileText Folder::read(std::string_view path, uint64_t max_bytes) const {
  Fd fd;
  if (Error error = open(path, 0, fd); error.status != FileStatus::Good) return failure(std::move(error));
  return read_file(fd.get(), max_bytes);
}

FolderList Folder::list(std::string_view folder) const {
  Fd fd;
  if (Error error = open(folder, O_DIRECTORY, fd); error.status != FileStatus::Good) return {error.status, {}, error.detail};
  std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(fd.get()), ::closedir);
  if (!stream) {
    Error error = error_of(errno);
    return {error.status, {}, error.detail};
  }
  fd.release();
  FolderList result;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (!entry) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") result.entries.push_back({std::string(name), kind_of(::dirfd(stream.get()), *entry)});
  }
  if (errno != 0) return {FileStatus::Failed, {}, system_words(errno)};
  std::sort(result.entries.begin(), result.entries.end(), [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return result;
}

FilePlace Folder::locate(std::string_view path) const {
  if (path.find('\0') != std::string_view::npos) return {FileStatus::Missing, FileKind::Other, {}, {}};
  Walk walk(root_.get());
  Error error = walk.follow(path);
  if (error.status != FileStatus::Good) return {error.status, FileKind::Other, {}, std::move(error.detail)};
  return {FileStatus::Good, walk.kind(), walk.path(), {}};
}

std::optional<FileStamp> Folder::stamp(std::string_view path) const {
  struct stat info;
  if (::fstatat(root_.get(), std::string(path).c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  return stamp_of(info);
}

}  // namespace

std::unique_ptr<FileSystem> open_folder(const std::string& root, std::string& error, Confinement confinement) {
  Fd fd(::open(root.empty() ? "." : root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (fd) return std::make_unique<Folder>(std::move(fd), confinement);
  error = system_words(errno);
  return nullptr;
}

}  // namespace isvcc
