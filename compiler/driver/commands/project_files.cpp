#include "driver/commands/project_files.h"

#include <filesystem>
#include <fstream>

#include "base/text.h"

namespace isvcc {

namespace fs = std::filesystem;

static constexpr char kFileName[] = "isvcc.yaml";

std::string absolute_path(const std::string& path) {
  std::error_code ignored;
  std::string text = fs::absolute(path, ignored).lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

static bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

static bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::optional<std::string> relative_to(const std::string& root, const std::string& path) {
  const std::string whole = absolute_path(path);
  if (whole == root) return ".";
  const std::string prefix = root == "/" ? root : root + "/";
  if (!starts_with(whole, prefix)) return std::nullopt;
  return whole.substr(prefix.size());
}

std::optional<std::string> read_small_file(const std::string& path, size_t limit) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string text(limit + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.eof() && in.fail()) return std::nullopt;
  if (static_cast<size_t>(in.gcount()) > limit) return std::nullopt;
  text.resize(static_cast<size_t>(in.gcount()));
  return text;
}

static ProjectFiles project_in(const std::string& file) { return {fs::path(file).parent_path().string(), file, {}}; }

static std::optional<ProjectFiles> named_project(const std::string& path, std::string& error) {
  const std::string whole = absolute_path(path);
  const std::string file = is_folder(whole) ? whole + "/" + kFileName : whole;
  if (is_there(file)) return project_in(file);
  error = cat("no project file at ", quote(path));
  return std::nullopt;
}

static std::optional<ProjectFiles> project_above(fs::path folder) {
  for (;; folder = folder.parent_path()) {
    if (is_there(folder / kFileName)) return project_in((folder / kFileName).string());
    if (is_there(folder / ".git") || folder == folder.parent_path()) return std::nullopt;
  }
}

static std::string common_folder(const std::vector<std::string>& arguments) {
  fs::path common;
  for (const std::string& argument : arguments) {
    if (argument == "-") continue;
    fs::path path = absolute_path(argument);
    if (!is_folder(path.string())) path = path.parent_path();
    if (common.empty()) common = path;
    while (!relative_to(common.string(), path.string())) common = common.parent_path();
  }
  return common.empty() ? absolute_path(".") : common.string();
}

// Without a project file: the folder of Tanka or jsonnet-bundler around the sources, where their libraries are, or else their own.
static ProjectFiles without_project(const std::string& folder) {
  for (fs::path at = folder;; at = at.parent_path()) {
    if (is_there(at / "tkrc.yaml") || is_there(at / "jsonnetfile.json")) return {at.string(), {}, {}};
    if (is_there(at / ".git") || at == at.parent_path()) return {folder, {}, {}};
  }
}

static bool add_sources(ProjectFiles& files, const std::vector<std::string>& arguments, std::string& error) {
  for (const std::string& argument : arguments) {
    const auto inside = argument == "-" ? std::optional<std::string>("-") : relative_to(files.root, argument);
    if (!inside) {
      error = cat(quote(argument), " is outside the project ", quote(files.root));
      return false;
    }
    if (argument != "-" && !is_there(argument)) {
      error = cat("no such file or folder: ", quote(argument));
      return false;
    }
    files.sources.push_back(*inside);
  }
  return true;
}

std::optional<ProjectFiles> find_project(const std::optional<std::string>& project, const std::vector<std::string>& arguments, std::string& error) {
  std::optional<ProjectFiles> files;
  if (project) {
    files = named_project(*project, error);
    if (!files) return std::nullopt;
  } else if (arguments.size() == 1 && is_there(is_folder(arguments[0]) ? arguments[0] + "/" + kFileName : arguments[0]) &&
             (is_folder(arguments[0]) || fs::path(arguments[0]).filename() == kFileName)) {
    return named_project(arguments[0], error);
  } else {
    files = project_above(absolute_path(arguments.empty() || arguments[0] == "-" ? "." : common_folder(arguments)));
  }
  if (!files) {
    const std::string folder = common_folder(arguments);
    files = without_project(folder);
    if (arguments.empty() && files->root != folder) return add_sources(*files, {folder}, error) ? files : std::nullopt;
  }
  if (!add_sources(*files, arguments, error)) return std::nullopt;
  return files;
}

}  // namespace isvcc
