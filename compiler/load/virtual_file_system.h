#pragma once
// A FileSystem in memory: for tests, and for sources that are no folder.
#include <map>

#include "load/file_system.h"

namespace isvcc {

class VirtualFileSystem : public FileSystem {
 public:
  // Folders on the way are made. Later calls replace what was there.
  VirtualFileSystem& file(std::string_view path, std::string_view text);
  VirtualFileSystem& folder(std::string_view path);
  // `target` is relative to the folder of the link.
  VirtualFileSystem& link(std::string_view path, std::string_view target);
  // A device, socket or pipe.
  VirtualFileSystem& special(std::string_view path);
  // Reading or listing `path` fails with this status.
  VirtualFileSystem& fail(std::string_view path, FileStatus status, std::string_view detail = {});
  VirtualFileSystem& input(std::string_view text);

  FileText read(std::string_view path, uint64_t max_bytes) const override;
  FolderList list(std::string_view folder) const override;
  FilePlace locate(std::string_view path) const override;
  FileText read_input(uint64_t max_bytes) const override;

 private:
  struct Entry {
    FileKind kind = FileKind::Folder;
    std::string text;  // of a file; the target of a link
    FileStatus status = FileStatus::Good;
    std::string detail;
  };
  Entry& put(std::string_view path, FileKind kind, std::string_view text);

  std::map<std::string, Entry, std::less<>> entries_{{"", Entry()}};
  std::string input_;
};

}  // namespace isvcc
