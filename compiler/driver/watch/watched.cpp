#include "driver/watch/watched.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/text.h"
#include "driver/commands/project_files.h"
#include "load/walk.h"

namespace isvcc {
namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string folder_above(const std::string& path) { return path.substr(0, std::max<size_t>(path.rfind('/'), 1)); }

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// Libraries are no sources, but a new one may be what an import was looking for.
bool may_matter(std::string_view name) { return is_source_name(name) || (!starts_with(name, ".") && ends_with(name, ".libsonnet")); }

void add_file(const std::string& path, Watched& to) {
  to.files.insert(path);
  to.folders.insert(folder_above(path));
}

void add_session(const Session& session, Watched& to) {
  const CompileRequest& request = session.request;
  auto absolute = [&](const std::string& path) { return absolute_path(starts_with(path, "/") ? path : cat(request.root, '/', path)); };
  for (const std::string& path : session.result.documents.read_files) add_file(absolute(path), to);
  for (const std::string& path : session.result.documents.ignore_files) add_file(absolute(path), to);
  for (const std::string& path : session.result.documents.read_folders) to.folders.insert(absolute(path));
  if (!request.project_file.empty()) {
    add_file(request.project_file, to);
    to.settings.insert(request.project_file);
  }
  to.outputs.insert(absolute_path(request.project.output));
  for (const Diagnostic& d : session.result.diags.all()) to.findings.insert(finding_name(d));
}

}  // namespace

bool Watched::concern(const std::string& path) const {
  for (const std::string& output : outputs)
    if (path == output || starts_with(path, cat(output, '/'))) return false;
  const std::string_view name = base_name(path);
  return files.contains(path) || folders.contains(path) || may_matter(name) || (!starts_with(name, ".") && is_folder(path));
}

Watched watched(const std::deque<Session>& sessions) {
  Watched all;
  for (const Session& session : sessions) add_session(session, all);
  return all;
}

std::string finding_name(const Diagnostic& d) {
  return sha256_hex(cat(info(d.code).id, '\n', d.object.kind, '\n', d.object.namespace_, '\n', d.object.name, '\n', d.path, '\n', d.message)).substr(0, 24);
}

namespace {

struct ListRow {
  char letter;
  std::set<std::string> Watched::*list;
};
constexpr ListRow kLists[] = {{'f', &Watched::files}, {'d', &Watched::folders}, {'o', &Watched::outputs}, {'s', &Watched::settings}, {'k', &Watched::findings}};

}  // namespace

std::string watched_text(const Watched& watched) {
  std::string out;
  for (const ListRow& row : kLists)
    for (const std::string& name : watched.*row.list)
      if (!contains(name, "\n")) out += cat(row.letter, name, '\n');
  return out;
}

Watched read_watched(std::string_view text) {
  Watched watched;
  for (std::string_view line : split(text, '\n'))
    for (const ListRow& row : kLists)
      if (starts_with(line, std::string_view(&row.letter, 1))) (watched.*row.list).emplace(line.substr(1));
  return watched;
}

}  // namespace isvcc
