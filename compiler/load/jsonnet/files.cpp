#include "load/jsonnet/files.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "load/embedded_library.h"

namespace isvcc::jsonnet {

std::string name_of(const Where& where) { return where.root.empty() ? where.path : cat(where.root, "/", where.path); }

std::string folder_of(std::string_view name) { return std::string(name.substr(0, name.rfind('/') + 1)); }

// "a/./b/../c" → "a/c"; nothing when it climbs out of its root.
static std::optional<std::string> normalised(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  return join(parts, "/");
}

Files::Files(const JsonnetOptions& options, const ReadImport& read, const Limits& limits, std::deque<std::string>& buffers)
    : libraries_(options.library_paths.rbegin(), options.library_paths.rend()), read_(read), bytes_left_(limits.input_bytes), buffers_(buffers) {
  for (std::string& path : libraries_)
    while (path.size() > 1 && path.back() == '/') path.pop_back();
}

const File* Files::keep(Where where, std::string_view text) {
  std::string name = name_of(where);
  files_.push_back({std::move(where), std::move(name), text, sha256_hex(text)});
  return &files_.back();
}

const File& Files::add(const JsonnetEntry& entry) {
  const Where where{"", entry.name};
  Found& found = known_[where];
  if (!found.file) found.file = keep(where, entry.text);
  return *found.file;
}

const File& Files::add(std::string name, std::string text) {
  buffers_.push_back(std::move(text));
  return *keep({"", std::move(name)}, buffers_.back());
}

// The nearest folder at or above `folder` that has a file `name`; nothing when there is none.
std::optional<std::string> Files::folder_with(const std::string& name, std::string folder) {
  for (;; folder = folder_of(folder.substr(0, folder.size() - 1))) {
    auto known = marked_folders_.find(folder + name);
    if (known == marked_folders_.end()) known = marked_folders_.emplace(folder + name, find({"", folder + name}).file != nullptr).first;
    if (known->second) return folder;
    if (folder.empty()) return std::nullopt;
  }
}

// As Tanka's FindRoot: a tkrc.yaml anywhere above counts before the nearest jsonnetfile.json.
Project Files::project_of(const std::string& entry_name) {
  Project project{.own = folder_of(entry_name)};
  auto root = folder_with("tkrc.yaml", project.own);
  if (!root) root = folder_with("jsonnetfile.json", project.own);
  project.found = root.has_value();
  if (root) project.root = *root;
  return project;
}

Where Files::split_name(const std::string& name) const {
  if (starts_with(name, cat(kBuiltIn, "/"))) return {std::string(kBuiltIn), name.substr(kBuiltIn.size() + 1)};
  const std::string* best = nullptr;
  for (const std::string& library : libraries_)
    if (starts_with(library, "/") && starts_with(name, library + "/") && (!best || library.size() > best->size())) best = &library;
  return best ? Where{*best, name.substr(best->size() + 1)} : Where{"", name};
}

// In the order in which they are tried. `escapes`: one of them led out of its root.
std::vector<Files::Candidate> Files::candidates(const std::string& directory, const std::string& path, const Project& project, bool& escapes) const {
  std::vector<Candidate> all;
  bool fixed = true;
  const auto add = [&](const std::string& root, std::string_view folder, bool own) {
    fixed = fixed && !own;
    if (auto joined = normalised(cat(folder, "/", path)))
      all.push_back({{root, std::move(*joined)}, own, fixed});
    else
      escapes = true;
  };
  const Where importer = split_name(directory);
  add(importer.root, importer.path, false);
  if (importer.root == kBuiltIn) return all;
  for (const std::string& library : libraries_) starts_with(library, "/") ? add(library, "", false) : add("", library, false);
  if (project.found) {
    add("", project.own, true);
    add("", project.root + "lib", false);
    add("", project.own + "vendor", true);
    add("", project.root + "vendor", false);
  }
  add(std::string(kBuiltIn), "", false);
  return all;
}

static std::string refusal(const std::string& path) {
  if (path.find('\0') != std::string::npos) return "its path holds a NUL";
  if (path.size() > 4096) return "its path is too long";
  if (contains(path, "://")) return "isvcc fetches nothing: vendor the file";
  if (starts_with(path, "/")) return "absolute paths are not allowed: use a path relative to the file, or a library path";
  return {};
}

static std::string not_opened(const std::string& path, std::string_view why) { return cat("couldn't open import ", quote(path), ": ", why); }

Resolution Files::resolve(const std::string& directory, const std::string& path, const Project& project) {
  if (const std::string why = refusal(path); !why.empty()) return {nullptr, false, false, not_opened(path, why)};
  const std::lock_guard lock(mutex_);
  bool escapes = false;
  for (const Candidate& candidate : candidates(directory, path, project, escapes)) {
    const Found& found = find(candidate.where);
    if (found.file) return {found.file, candidate.own, candidate.fixed, {}};
    if (!found.refused.empty()) return {nullptr, candidate.own, candidate.fixed, not_opened(path, cat(quote(name_of(candidate.where)), " ", found.refused))};
  }
  if (escapes) return {nullptr, false, false, not_opened(path, "it is outside the project and the library paths")};
  return {nullptr, false, false, not_opened(path, "no match locally or in the Jsonnet library paths")};
}

const Files::Found& Files::find(const Where& where) {
  const auto known = known_.find(where);
  return known != known_.end() ? known->second : known_.emplace(where, read(where)).first->second;
}

Files::Found Files::read(const Where& where) {
  if (where.path.empty()) return {};
  if (where.root == kBuiltIn) {
    for (const EmbeddedFile& file : embedded_library())
      if (file.name == where.path) return {keep(where, file.text), {}};
    return {};
  }
  ImportAnswer answer = read_(where.root, where.path);
  if (answer.status == ImportAnswer::Status::Refused) return {nullptr, answer.reason};
  if (answer.status == ImportAnswer::Status::Missing) return {};
  if (answer.text.size() > bytes_left_) return {nullptr, "is one import too many: all files together are larger than allowed"};
  bytes_left_ -= answer.text.size();
  buffers_.push_back(std::move(answer.text));
  return {keep(where, buffers_.back()), {}};
}

}  // namespace isvcc::jsonnet
