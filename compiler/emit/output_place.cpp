#include "emit/output_place.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"

namespace isvcc {

// Without empty parts and '.', and with ".." taken out where it follows a name: no link is followed, so names say it all.
static std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") parts.pop_back();
    else parts.emplace_back(part);
  }
  return parts;
}

static bool is_absolute(std::string_view path) { return starts_with(path, "/"); }

// How many parts of the output path may be links: those above the trusted root, or all but the last.
static size_t trusted_parts(const std::string& path, const std::string& trusted_root, const std::vector<std::string>& parts) {
  if (!is_absolute(path)) return 0;
  const std::vector<std::string> root = parts_of(trusted_root);
  const bool below = is_absolute(trusted_root) && root.size() < parts.size() && std::equal(root.begin(), root.end(), parts.begin());
  return below ? root.size() : parts.size() - 1;
}

static OutputProblem refuse(std::string words, std::string hint) { return {std::move(words), std::move(hint), {}}; }

static OutputProblem refuse_by_name(const std::string& path, const std::vector<std::string>& parts) {
  const std::string shown = quote(path, 1000);
  if (parts.empty() || parts.back() == "..")
    return refuse(cat("the output ", shown, " is ", is_absolute(path) ? "the root of the file system" : "the current folder or one above it"),
                  "name a folder that only isvcc writes to, such as out");
  for (const std::string& part : parts)
    if (to_lower(part) == ".git") return refuse(cat("the output ", shown, " is inside a Git folder"), "choose a folder of the working tree");
  return {};
}

static Fd open_part(int at, const std::string& name, bool follow) {
  return Fd(::openat(at, name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW)));
}

static OutputProblem refuse_link(const std::string& path, std::string_view part) {
  return refuse(cat("the output ", quote(path, 1000), " leads through the symbolic link ", quote(part)), "name the folder itself");
}

// Opens the parent as far as it exists; the rest goes to `missing`.
static OutputProblem open_parent(const std::string& path, size_t trusted, const std::vector<std::string>& parts, OutputPlace& place) {
  place.parent = open_part(AT_FDCWD, is_absolute(path) ? "/" : ".", true);
  for (size_t i = 0; i + 1 < parts.size() && place.parent; ++i) {
    if (!place.missing.empty()) {
      place.missing.push_back(parts[i]);
      continue;
    }
    if (i >= trusted && S_ISLNK(status(place.parent.get(), parts[i]).st_mode)) return refuse_link(path, parts[i]);
    Fd next = open_part(place.parent.get(), parts[i], i < trusted);
    if (!next && errno == ENOENT) place.missing.push_back(parts[i]);
    else place.parent = std::move(next);
  }
  if (!place.parent) return {{}, {}, {errno, "open the folder above", path}};
  return {};
}

void refresh(OutputPlace& place, OutputProblem& problem) {
  place.folder.reset();
  place.info = {};
  if (!place.missing.empty()) return;
  place.info = status(place.parent.get(), place.name);
  if (S_ISLNK(place.info.st_mode)) problem = refuse(cat("the output folder ", quote(place.name), " is a symbolic link"), "name the folder itself");
  else if (place.info.st_mode != 0 && !S_ISDIR(place.info.st_mode)) problem = refuse(cat("the output folder ", quote(place.name), " is a file"), "name a folder");
  if (problem || place.info.st_mode == 0) return;
  place.folder = open_folder(place.parent.get(), place.name);
  if (!place.folder) problem.failure = {errno, "open", place.name};
}

// True when `path` is the folder with this inode or lies in it.
static bool lies_in(const std::string& path, const struct stat& folder) {
  Fd at(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat info {};
  if (!at || ::fstat(at.get(), &info) != 0) return false;
  if (!S_ISDIR(info.st_mode)) return lies_in(contains(path, "/") ? cat(folder_of(path), "/") : ".", folder);
  for (;;) {
    if (same_inode(info, folder)) return true;
    Fd above(::openat(at.get(), "..", O_PATH | O_DIRECTORY | O_CLOEXEC));
    struct stat above_info {};
    if (!above || ::fstat(above.get(), &above_info) != 0 || same_inode(info, above_info)) return false;
    at = std::move(above);
    info = above_info;
  }
}

static OutputProblem refuse_by_content(const OutputOptions& options, const OutputPlace& place) {
  if (!place.folder) return {};
  const std::string shown = quote(options.directory, 1000);
  if (status(place.folder.get(), ".git").st_mode != 0) return refuse(cat("the output folder ", shown, " is a Git working tree"), "choose a folder in it");
  for (const std::string& path : options.keep_out)
    if (lies_in(path, place.info)) return refuse(cat("the output folder ", shown, " holds ", quote(path, 1000)), "choose a folder that only isvcc writes to");
  if (lies_in(".", place.info)) return refuse(cat("the output folder ", shown, " holds the current folder"), "choose a folder that only isvcc writes to");
  return {};
}

OutputPlace locate(const std::string& path, const std::string& trusted_root, OutputProblem& problem) {
  OutputPlace place;
  const std::vector<std::string> parts = parts_of(path);
  problem = refuse_by_name(path, parts);
  if (problem) return place;
  place.name = parts.back();
  problem = open_parent(path, trusted_parts(path, trusted_root, parts), parts, place);
  return place;
}

OutputPlace find_place(const OutputOptions& options, OutputProblem& problem) {
  OutputPlace place = locate(options.directory, options.trusted_root, problem);
  if (!problem) refresh(place, problem);
  if (!problem) problem = refuse_by_content(options, place);
  return place;
}

std::vector<MadeFolder> make_parents(OutputPlace& place, IoFailure& failure) {
  std::vector<MadeFolder> made;
  for (const std::string& name : place.missing) {
    const bool is_new = ::mkdirat(place.parent.get(), name.c_str(), 0755) == 0;
    if (!is_new && errno != EEXIST) failure = {errno, "create the folder", name};
    Fd next = failure ? Fd() : open_part(place.parent.get(), name, false);
    if (!next && !failure) failure = {errno, "open", name};
    if (is_new) made.push_back({std::move(place.parent), name});
    if (failure) return made;
    place.parent = std::move(next);
  }
  place.missing.clear();
  return made;
}

void unmake_parents(std::vector<MadeFolder>& made) {
  for (; !made.empty(); made.pop_back()) remove_empty_folder(made.back().parent.get(), made.back().name);
}

}  // namespace isvcc
