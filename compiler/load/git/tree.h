#pragma once
// The files of one Git tree.
#include <map>
#include <mutex>

#include "load/file_system.h"
#include "load/follow_links.h"
#include "load/git/handles.h"

namespace isvcc::git {

class TreeFiles : public FileSystem {
 public:
  TreeFiles(std::shared_ptr<const Handles> handles, const git_oid& root) : handles_(std::move(handles)), root_(root) {}

  FileText read(std::string_view path, uint64_t max_bytes) const override;
  FolderList list(std::string_view folder) const override;
  FilePlace locate(std::string_view path) const override;
  // A revision has no standard input.
  FileText read_input(uint64_t) const override { return {FileStatus::Missing, {}, {}}; }

 private:
  struct Entry {
    FileKind kind = FileKind::Other;
    git_oid id{};
  };
  using Folder = std::map<std::string, Entry, std::less<>>;

  // Trees are read once and kept. Null, and `error`, when one cannot be read.
  const Folder* folder(const std::string& path, std::string& error) const;
  const Folder* load(const std::string& path, const git_oid& id, std::string& error) const;
  std::optional<Entry> entry(const std::string& path) const;
  std::optional<LinkEntry> look(const std::string& path) const;
  FileText blob(const git_oid& id, uint64_t max_bytes) const;

  std::shared_ptr<const Handles> handles_;
  git_oid root_;
  mutable std::recursive_mutex mutex_;
  mutable std::map<std::string, Folder, std::less<>> folders_;
};

}  // namespace isvcc::git
