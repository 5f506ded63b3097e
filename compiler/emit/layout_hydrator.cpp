// The files that Argo CD's Source Hydrator commits: one path for each namespace.
#include "base/json_text.h"
#include "base/text.h"
#include "emit/layout_parts.h"

namespace isvcc {

static std::string hydrator_metadata(const HydratorSource& source, bool with_commit) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member_if("repoURL", source.repo_url).member_if("drySha", source.dry_sha);
  if (!source.commands.empty()) {
    json.key("commands").begin_array();
    for (const std::string& command : source.commands) json.text(command);
    json.end_array();
  }
  if (with_commit) json.member_if("author", source.author).member_if("date", source.date).member_if("subject", source.subject).member_if("body", source.body);
  json.end_object();
  return out + '\n';
}

static std::string hydrator_readme(const HydratorSource& source) {
  std::string out = "# Manifests\n\nThese manifests are rendered by isvcc. Do not edit them: change the sources and render again.\n";
  if (!source.repo_url.empty()) out += cat("\nSources: ", printable(source.repo_url), source.dry_sha.empty() ? "" : cat(" at ", printable(source.dry_sha)), '\n');
  if (!source.commands.empty()) out += "\n```shell\n";
  for (const std::string& command : source.commands) out += printable(command) + '\n';
  if (!source.commands.empty()) out += "```\n";
  return out;
}

std::vector<OutputFile> lay_out_hydrator(const std::vector<LayoutObject>& objects, const LayoutOptions& options) {
  const auto groups = group_by_path(objects, SharedPath::OfNamespace, [](const LayoutObject& o) { return cat(part_of(o.namespace_), "/manifest.yaml"); });
  std::vector<OutputFile> files = print_files(groups, options);
  for (const FileGroup& group : groups) {
    const std::string folder = group.path.substr(0, group.path.rfind('/'));
    files.push_back({cat(folder, "/hydrator.metadata"), hydrator_metadata(options.hydrator, false), group.part});
    files.push_back({cat(folder, "/README.md"), hydrator_readme(options.hydrator), group.part});
  }
  files.push_back({"hydrator.metadata", hydrator_metadata(options.hydrator, true)});
  files.push_back({".gitattributes", "**/README.md linguist-generated=true\n**/hydrator.metadata linguist-generated=true"});
  return files;
}

}  // namespace isvcc
