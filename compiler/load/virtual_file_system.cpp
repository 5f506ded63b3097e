#include "load/virtual_file_system.h"

#include "base/text.h"
#include "load/follow_links.h"

namespace isvcc {

VirtualFileSystem::Entry& VirtualFileSystem::put(std::string_view path, FileKind kind, std::string_view text) {
  for (std::string_view above = folder_of(path); !above.empty(); above = folder_of(above)) entries_.try_emplace(std::string(above));
  Entry& entry = entries_[std::string(path)];
  entry = {kind, std::string(text), FileStatus::Good, {}};
  return entry;
}

VirtualFileSystem& VirtualFileSystem::file(std::string_view path, std::string_view text) {
  put(path, FileKind::File, text);
  return *this;
}
VirtualFileSystem& VirtualFileSystem::folder(std::string_view path) {
  put(path, FileKind::Folder, {});
  return *this;
}
VirtualFileSystem& VirtualFileSystem::link(std::string_view path, std::string_view target) {
  put(path, FileKind::Link, target);
  return *this;
}
VirtualFileSystem& VirtualFileSystem::special(std::string_view path) {
  put(path, FileKind::Other, {});
  return *this;
}
VirtualFileSystem& VirtualFileSystem::fail(std::string_view path, FileStatus status, std::string_view detail) {
  Entry& entry = entries_[std::string(path)];
  entry.status = status;
  entry.detail = detail;
  return *this;
}
VirtualFileSystem& VirtualFileSystem::input(std::string_view text) {
  input_ = text;
  return *this;
}

FilePlace VirtualFileSystem::locate(std::string_view path) const {
  return follow_links(path, [this](const std::string& at) -> std::optional<LinkEntry> {
    const auto entry = entries_.find(at);
    if (entry == entries_.end()) return std::nullopt;
    return LinkEntry{entry->second.kind, entry->second.kind == FileKind::Link ? entry->second.text : std::string()};
  });
}

FileText VirtualFileSystem::read(std::string_view path, uint64_t max_bytes) const {
  const FilePlace place = locate(path);
  if (place.status != FileStatus::Good) return {place.status, {}, {}};
  const Entry& entry = entries_.find(place.path)->second;
  if (entry.status != FileStatus::Good) return {entry.status, {}, entry.detail};
  if (entry.kind != FileKind::File) return {FileStatus::NotAFile, {}, {}};
  if (entry.text.size() > max_bytes) return {FileStatus::TooLarge, {}, {}};
  return {FileStatus::Good, entry.text, {}};
}

FolderList VirtualFileSystem::list(std::string_view folder) const {
  const FilePlace place = locate(folder);
  if (place.status != FileStatus::Good) return {place.status, {}, {}};
  const Entry& entry = entries_.find(place.path)->second;
  if (entry.status != FileStatus::Good) return {entry.status, {}, entry.detail};
  if (entry.kind != FileKind::Folder) return {FileStatus::NotAFile, {}, {}};
  FolderList result;
  const std::string prefix = place.path.empty() ? std::string() : place.path + '/';
  for (auto it = entries_.lower_bound(prefix); it != entries_.end() && starts_with(it->first, prefix); ++it) {
    const std::string_view name = std::string_view(it->first).substr(prefix.size());
    if (!name.empty() && !contains(name, "/")) result.entries.push_back({std::string(name), it->second.kind});
  }
  return result;
}

FileText VirtualFileSystem::read_input(uint64_t max_bytes) const {
  if (input_.size() > max_bytes) return {FileStatus::TooLarge, {}, {}};
  return {FileStatus::Good, input_, {}};
}

}  // namespace isvcc
