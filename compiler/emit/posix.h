#pragma once
// The few system calls that output needs, with their dangers taken out: descriptors close themselves, nothing follows a
// symbolic link, interrupted and short writes go on, and a failure carries what was tried where.
#include <sys/stat.h>

#include <string>
#include <string_view>
#include <vector>

#include "emit/output_text.h"

namespace isvcc {

// What went wrong; `error` 0 means nothing did.
struct IoFailure {
  int error = 0;
  const char* doing = "";  // "write", "create", …: for "cannot write 'x': …"
  std::string path;

  explicit operator bool() const { return error != 0; }
};

// "cannot write 'out/a.yaml': No space left on device (ENOSPC)". The same in every locale.
std::string words(const IoFailure& failure);

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release();
  void reset();
  // Closes and says whether that went well: the last moment at which some file systems report a failed write.
  bool close_checked();

 private:
  int fd_ = -1;
};

// Opens a folder for reading. Fails with ENOTDIR on a symbolic link.
Fd open_folder(int at, const std::string& name);
// The same at a relative path with several components, none of which may be a symbolic link.
Fd open_folder_beneath(int at, const std::string& path);

// Creates a file that must not exist yet, mode 0644, and writes it whole.
bool write_new_file(int at, const std::string& name, const OutputText& text, bool fix_mode, IoFailure& failure);
// Reads a regular file up to `limit` bytes. Nothing else is ever opened for reading: no pipe can block, no link is followed.
bool read_file(int at, const std::string& name, size_t limit, std::string& text, IoFailure& failure);
// The same at a relative path with several components.
bool read_file_beneath(int at, const std::string& path, size_t limit, std::string& text, IoFailure& failure);
inline constexpr size_t kLargestFile = size_t{1} << 30;  // of an output

// Makes each missing folder on the way to the last component of `path`, mode 0755.
bool make_folders(int at, const std::string& path, IoFailure& failure);
// Removes a file or a folder with all it holds; absent is fine. Each step is tried more than once.
bool remove_all(int at, const std::string& name, IoFailure& failure);
// Removes a file, once more if that fails; absent is fine.
bool remove_file(int at, const std::string& name);
bool remove_empty_folder(int at, const std::string& name);

struct DirectoryEntry {
  std::string name;
  ino_t inode;
  mode_t type;  // S_IFREG, S_IFDIR, …
};
// What is in a folder, in no order, without "." and "..". False when it could not all be read.
bool entries_of(int folder, std::vector<DirectoryEntry>& entries);

// The status of what stands there, without following a link; st_mode 0 when nothing does.
struct stat status(int at, const std::string& name);
bool same_inode(const struct stat& a, const struct stat& b);

// "a/b/c" → "a/b" and "c".
std::string folder_of(std::string_view path);
std::string name_of(std::string_view path);

}  // namespace isvcc
