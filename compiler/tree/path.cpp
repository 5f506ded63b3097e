#include "tree/path.h"

#include "base/text.h"

namespace isvcc {

std::string Path::text() const {
  if (step_ == Step::Root) return {};
  std::string out = parent_->text();
  switch (step_) {
    case Step::Index: return cat(out, '[', index_, ']');
    case Step::Entry: return cat(out, '[', key_, ']');
    default: return out.empty() ? std::string(key_) : cat(out, '.', key_);
  }
}

std::string Path::dotted_text() const {
  if (step_ == Step::Root) return {};
  std::string out = parent_->dotted_text();
  if (step_ == Step::Index) return cat(out, '[', index_, ']');
  return out.empty() ? std::string(key_) : cat(out, '.', key_);
}

View find(View root, std::string_view path) {
  View at = root;
  while (at && !path.empty()) {
    if (path[0] == '.') path.remove_prefix(1);
    if (path.empty()) break;
    if (path[0] == '[') {
      const size_t end = path.find(']');
      if (end == std::string_view::npos) return {};
      const std::string_view inside = path.substr(1, end - 1);
      const auto index = parse_int(inside);
      at = at.is_list() && index && *index >= 0 ? at.item(static_cast<size_t>(*index)) : at[inside];
      path.remove_prefix(end + 1);
      continue;
    }
    const size_t end = path.find_first_of(".[");
    at = at[path.substr(0, end)];
    path = end == std::string_view::npos ? std::string_view() : path.substr(end);
  }
  return at;
}

static void find_offset(View at, const Path& path, uint32_t file, uint32_t offset, uint32_t& best, std::string& found) {
  auto consider = [&](uint32_t begin, const Path& candidate) {
    if (begin > offset || begin < best) return;
    best = begin;
    found = candidate.text();
  };
  const bool here = at && at.node()->origin.file == file;
  if (here) consider(at.node()->origin.offset, path);
  for (const Field& f : at.fields()) {
    const Path child = path.key(f.key());
    if (here) consider(f.key_offset, child);
    find_offset(f.value, child, file, offset, best, found);
  }
  for (size_t i = 0; i < at.items().size(); ++i) find_offset(at.item(i), path.index(i), file, offset, best, found);
}

std::string path_at(View root, uint32_t file, uint32_t offset) {
  uint32_t best = 0;
  std::string found;
  find_offset(root, Path(), file, offset, best, found);
  return found;
}

}  // namespace isvcc
