// The files that Argo CD's Source Hydrator commits: one path for each namespace.
#include "base/json_text.h"
#include "base/text.h"
#include "emit/layout_parts.h"

namespace isvcc {

static void write_reference(JsonWriter& json, const HydratorReference& reference) {
  if (reference == HydratorReference()) return;
  json.key("references").begin_array().begin_object().key("commit").begin_object();
  json.member_if("author", reference.author).member_if("date", reference.date).member_if("subject", reference.subject).member_if("body", reference.body);
  json.member_if("sha", reference.sha).member_if("repoUrl", reference.repo_url).end_object().end_object().end_array();
}

enum class About { Branch, Folder };

// Of the branch: the commit. Of a folder: how it was made.
static std::string hydrator_metadata(const HydratorSource& source, About what) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member_if("repoURL", source.repo_url).member_if("drySha", source.dry_sha);
  if (what == About::Folder && !source.commands.empty()) {
    json.key("commands").begin_array();
    for (const std::string& command : source.commands) json.text(command);
    json.end_array();
  }
  if (what == About::Branch) {
    json.member_if("author", source.author).member_if("date", source.date).member_if("subject", source.subject).member_if("body", source.body);
    write_reference(json, source.reference);
  }
  json.end_object();
  return out + '\n';
}

// What Argo CD's own template makes of the same facts. Its lines about a repository are left out where there is none.
static std::string hydrator_readme(const HydratorSource& source) {
  std::string out = "# Manifest Hydration\n\nTo hydrate the manifests in this repository, run the following commands:\n\n```shell\n";
  if (!source.repo_url.empty()) out += cat("git clone ", printable(source.repo_url), "\n# cd into the cloned directory\n");
  if (!source.dry_sha.empty()) out += cat("git checkout ", printable(source.dry_sha), '\n');
  for (const std::string& command : source.commands) out += printable(command) + '\n';
  return out + "```\n";
}

std::vector<OutputFile> lay_out_hydrator(const std::vector<LayoutObject>& objects, const LayoutOptions& options) {
  const auto groups = group_by_path(objects, SharedPath::OfNamespace, [](const LayoutObject& o) { return cat(part_of(o.namespace_), "/manifest.yaml"); });
  const std::vector<OutputFile> manifests = print_split(groups, options);
  std::vector<OutputFile> files = manifests;
  for (const OutputFile& manifest : manifests) {
    const std::string folder = manifest.path.substr(0, manifest.path.rfind('/'));
    files.push_back({cat(folder, "/hydrator.metadata"), hydrator_metadata(options.hydrator, About::Folder), manifest.part});
    files.push_back({cat(folder, "/README.md"), hydrator_readme(options.hydrator), manifest.part});
  }
  files.push_back({"hydrator.metadata", hydrator_metadata(options.hydrator, About::Branch)});
  files.push_back({".gitattributes", "**/README.md linguist-generated=true\n**/hydrator.metadata linguist-generated=true"});
  return files;
}

}  // namespace isvcc
