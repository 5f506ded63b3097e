#pragma once
// Files of one project, by path. Whatever stands behind it (a folder, a Git revision, a table in a test), nothing outside its root is
// ever opened: neither through `..` nor through a symbolic link. Reads only; knows nothing of what files contain.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/known_files.h"

namespace isvcc {

enum class FileStatus : uint8_t {
  Good,
  Missing,    // no such path
  Outside,    // leads out of the root; absolute links count as outside
  Loop,       // links that lead to each other
  NotAFile,   // a folder, device, socket or pipe where a file is wanted
  TooLarge,   // more bytes than allowed
  Changed,    // somebody wrote the file while it was read
  Denied,     // no permission
  Failed,     // anything else the system says
};

enum class FileKind : uint8_t { File, Folder, Link, Other };

struct FileText {
  FileStatus status = FileStatus::Good;
  std::string text;
  std::string detail;  // the system's words when the status is Denied or Failed
};

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::Other;
};

struct FolderList {
  FileStatus status = FileStatus::Good;
  std::vector<FolderEntry> entries;  // by the bytes of their names; links are not followed
  std::string detail;
};

// Where a path ends when all links are followed.
struct FilePlace {
  FileStatus status = FileStatus::Good;
  FileKind kind = FileKind::Other;  // never Link
  std::string path;                 // without links
  std::string detail;
};

// Paths are relative to the root, '/' separated, without "." and ".."; "" is the root itself.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // The bytes of a regular file, links inside the root followed. The file is opened and read once.
  virtual FileText read(std::string_view path, uint64_t max_bytes) const = 0;
  virtual FolderList list(std::string_view folder) const = 0;
  virtual FilePlace locate(std::string_view path) const = 0;
  // What tells a file from an earlier one of its path without reading it; nothing where there is no such thing. Follows no link.
  virtual std::optional<FileStamp> stamp(std::string_view) const { return std::nullopt; }
  // All of standard input.
  virtual FileText read_input(uint64_t max_bytes) const = 0;
};

// How a folder confines what is opened in it. Auto asks the kernel (openat2 with RESOLVE_BENEATH) and walks component by component
// where the kernel is too old or a sandbox forbids it.
enum class Confinement : uint8_t { Auto, Kernel, Walk };

// The folder `root`. Null, and `error`, when it cannot be opened.
std::unique_ptr<FileSystem> open_folder(const std::string& root, std::string& error, Confinement confinement = Confinement::Auto);

// "a//b/./c/../d" → "a/b/d". Nothing when the path is absolute or leads above its start.
std::optional<std::string> normal_path(std::string_view path);
// The parts put together: join_path("", "a") is "a".
std::string join_path(std::string_view folder, std::string_view name);
// "" when there is no folder.
std::string_view folder_of(std::string_view path);
std::string_view name_of_path(std::string_view path);

}  // namespace isvcc
