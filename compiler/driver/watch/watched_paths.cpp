#include "driver/watch/watched_paths.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/text.h"
#include "driver/commands/project_files.h"

namespace isvcc {
namespace {

constexpr std::string_view kSourceEndings[] = {".yaml", ".yml", ".json", ".jsonnet", ".libsonnet"};
constexpr std::string_view kIgnoreFiles[] = {".isvccignore", ".gitignore"};

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string folder_above(const std::string& path) { return path.substr(0, std::max<size_t>(path.rfind('/'), 1)); }

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool may_be_source(std::string_view name) {
  if (std::find(std::begin(kIgnoreFiles), std::end(kIgnoreFiles), name) != std::end(kIgnoreFiles)) return true;
  return !starts_with(name, ".") && std::any_of(std::begin(kSourceEndings), std::end(kSourceEndings), [&](std::string_view ending) { return ends_with(name, ending); });
}

void add_file(const std::string& path, WatchedPaths& to) {
  to.files.insert(path);
  to.folders.insert(folder_above(path));
}

void add_session(const Session& session, WatchedPaths& to) {
  const CompileRequest& request = session.request;
  auto absolute = [&](const std::string& path) { return absolute_path(starts_with(path, "/") ? path : cat(request.root, '/', path)); };
  for (const std::string& path : session.result.documents.read_files) add_file(absolute(path), to);
  for (const std::string& path : session.result.documents.ignore_files) add_file(absolute(path), to);
  for (const std::string& path : session.result.documents.read_folders) to.folders.insert(absolute(path));
  if (!request.project_file.empty()) add_file(request.project_file, to);
  to.outputs.insert(absolute_path(request.project.output));
}

}  // namespace

bool WatchedPaths::concern(const std::string& path) const {
  for (const std::string& output : outputs)
    if (path == output || starts_with(path, cat(output, '/'))) return false;
  const std::string_view name = base_name(path);
  return files.contains(path) || folders.contains(path) || may_be_source(name) || (!starts_with(name, ".") && is_folder(path));
}

WatchedPaths watched_paths(const std::deque<Session>& sessions) {
  WatchedPaths paths;
  for (const Session& session : sessions) add_session(session, paths);
  return paths;
}

std::string paths_text(const WatchedPaths& paths) {
  std::string out;
  auto add = [&](char letter, const std::set<std::string>& names) {
    for (const std::string& name : names)
      if (!contains(name, "\n")) out += cat(letter, name, '\n');
  };
  add('f', paths.files);
  add('d', paths.folders);
  add('o', paths.outputs);
  return out;
}

WatchedPaths read_paths(std::string_view text) {
  WatchedPaths paths;
  for (std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    (line[0] == 'f' ? paths.files : line[0] == 'd' ? paths.folders : paths.outputs).emplace(line.substr(1));
  }
  return paths;
}

}  // namespace isvcc
