#include "load/file_system.h"

#include "base/text.h"

namespace isvcc {

std::optional<std::string> normal_path(std::string_view path) {
  if (starts_with(path, "/")) return std::nullopt;
  std::vector<std::string_view> parts;
  for (std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
      continue;
    }
    if (parts.empty()) return std::nullopt;
    parts.pop_back();
  }
  return join(parts, "/");
}

std::string join_path(std::string_view folder, std::string_view name) { return folder.empty() ? std::string(name) : cat(folder, '/', name); }

std::string_view folder_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view name_of_path(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace isvcc
