#include "load/follow_links.h"

#include "base/text.h"

namespace isvcc {

static constexpr size_t kMaxLinks = 40;  // as the kernel

static void push(std::string_view path, std::vector<std::string>& todo) {
  const std::vector<std::string_view> parts = split(path, '/');
  for (size_t i = parts.size(); i-- > 0;)
    if (!parts[i].empty() && parts[i] != ".") todo.emplace_back(parts[i]);
}

FilePlace follow_links(std::string_view path, const std::function<std::optional<LinkEntry>(const std::string&)>& look) {
  FilePlace place{FileStatus::Good, FileKind::Folder, {}, {}};
  std::vector<std::string> todo;  // next part last
  push(path, todo);
  for (size_t links = 0; !todo.empty();) {
    const std::string part = std::move(todo.back());
    todo.pop_back();
    if (part == "..") {
      if (place.path.empty()) return {FileStatus::Outside, FileKind::Other, {}, {}};
      place.path = folder_of(place.path);
      place.kind = FileKind::Folder;
      continue;
    }
    std::string next = join_path(place.path, part);
    const std::optional<LinkEntry> entry = place.kind == FileKind::Folder ? look(next) : std::nullopt;
    if (!entry) return {FileStatus::Missing, FileKind::Other, {}, {}};
    if (entry->kind == FileKind::Link) {
      if (++links > kMaxLinks) return {FileStatus::Loop, FileKind::Other, {}, {}};
      if (starts_with(entry->target, "/")) return {FileStatus::Outside, FileKind::Other, {}, {}};
      push(entry->target, todo);
      continue;
    }
    place.kind = entry->kind;
    place.path = std::move(next);
  }
  return place;
}

}  // namespace isvcc
