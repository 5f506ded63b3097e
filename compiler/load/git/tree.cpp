#include "load/git/tree.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc::git {
namespace {

constexpr uint64_t kLongestLink = 4096;

FileKind kind_of(const git_tree_entry* entry) {
  switch (git_tree_entry_filemode(entry)) {
    case GIT_FILEMODE_TREE: return FileKind::Folder;
    case GIT_FILEMODE_BLOB:
    case GIT_FILEMODE_BLOB_EXECUTABLE: return FileKind::File;
    case GIT_FILEMODE_LINK: return FileKind::Link;
    default: return FileKind::Other;  // a submodule: its files are in another repository
  }
}

std::string why_missing() { return cat(last_error(), " (a partial clone? `git fetch` the objects first)"); }

}  // namespace

const TreeFiles::Folder* TreeFiles::load(const std::string& path, const git_oid& id, std::string& error) const {
  const Handles::Borrowed handle = handles_->borrow();
  git_tree* found = nullptr;
  if (!handle.get() || git_tree_lookup(&found, handle.get(), &id) != 0) {
    error = why_missing();
    return nullptr;
  }
  const TreeHandle tree(found);
  Folder folder;
  for (size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
    folder.emplace(git_tree_entry_name(entry), Entry{kind_of(entry), *git_tree_entry_id(entry)});
  }
  return &folders_.emplace(path, std::move(folder)).first->second;
}

const TreeFiles::Folder* TreeFiles::folder(const std::string& path, std::string& error) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = folders_.find(path); known != folders_.end()) return &known->second;
  if (path.empty()) return load(path, root_, error);
  const std::optional<Entry> self = entry(path);
  return self && self->kind == FileKind::Folder ? load(path, self->id, error) : nullptr;
}

std::optional<TreeFiles::Entry> TreeFiles::entry(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  std::string ignored;
  const Folder* above = folder(std::string(folder_of(path)), ignored);
  if (!above) return std::nullopt;
  const auto found = above->find(name_of_path(path));
  return found == above->end() ? std::nullopt : std::optional(found->second);
}

std::optional<LinkEntry> TreeFiles::look(const std::string& path) const {
  const std::optional<Entry> found = entry(path);
  if (!found) return std::nullopt;
  return LinkEntry{found->kind, found->kind == FileKind::Link ? blob(found->id, kLongestLink).text : std::string()};
}

FilePlace TreeFiles::locate(std::string_view path) const {
  return follow_links(path, [this](const std::string& at) { return look(at); });
}

FileText TreeFiles::blob(const git_oid& id, uint64_t max_bytes) const {
  const Handles::Borrowed handle = handles_->borrow();
  git_odb* opened = nullptr;
  if (!handle.get() || git_repository_odb(&opened, handle.get()) != 0) return {FileStatus::Failed, {}, last_error()};
  const OdbHandle store(opened);
  size_t size = 0;
  git_object_t type;
  if (git_odb_read_header(&size, &type, store.get(), &id) != 0) return {FileStatus::Failed, {}, why_missing()};
  if (size > max_bytes) return {FileStatus::TooLarge, {}, {}};
  git_blob* found = nullptr;
  if (git_blob_lookup(&found, handle.get(), &id) != 0) return {FileStatus::Failed, {}, why_missing()};
  const BlobHandle blob(found);
  return {FileStatus::Good, std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())), static_cast<size_t>(git_blob_rawsize(blob.get()))), {}};
}

FileText TreeFiles::read(std::string_view path, uint64_t max_bytes) const {
  const FilePlace place = locate(path);
  if (place.status != FileStatus::Good) return {place.status, {}, place.detail};
  const std::optional<Entry> found = place.path.empty() ? std::nullopt : entry(place.path);
  if (!found || found->kind != FileKind::File) return {FileStatus::NotAFile, {}, {}};
  return blob(found->id, max_bytes);
}

FolderList TreeFiles::list(std::string_view path) const {
  const FilePlace place = locate(path);
  if (place.status != FileStatus::Good) return {place.status, {}, place.detail};
  std::string error;
  const Folder* found = folder(place.path, error);
  if (!found) return {error.empty() ? FileStatus::NotAFile : FileStatus::Failed, {}, error};
  FolderList list;
  for (const auto& [name, entry] : *found) list.entries.push_back({name, entry.kind});
  return list;
}

}  // namespace isvcc::git
