// kustomization.yaml files, for kustomize and for Flux, which reads everything below a path unless there is one.
#include <map>
#include <set>

#include "base/text.h"
#include "emit/flux_text.h"
#include "emit/layout_parts.h"
#include "emit/yaml_writer.h"
#include "tree/make.h"

namespace isvcc {
namespace {

// What one kustomization.yaml names, and the part that all of it belongs to.
struct Folder {
  std::set<std::string> resources = {};
  std::string part = {};

  void add(std::string name, const std::string& its_part) {
    part = resources.empty() || part == its_part ? its_part : "";
    resources.insert(std::move(name));
  }
};

OutputFile kustomization(const std::string& path, const Folder& folder) {
  Arena arena;
  const Make make(arena);
  const std::vector<std::string> names(folder.resources.begin(), folder.resources.end());
  std::string text;
  write_yaml(text, make.map({{"apiVersion", make.text("kustomize.config.k8s.io/v1beta1")}, {"kind", make.text("Kustomization")}, {"resources", make.texts(names)}}));
  return {path.empty() ? "kustomization.yaml" : cat(path, "/kustomization.yaml"), std::move(text), path.empty() ? std::string() : folder.part};
}

bool holds_substitution(View value) {
  if (value.is_text()) return flux_replaces(value.text());
  for (const Field& field : value.fields())
    if (flux_replaces(field.key()) || holds_substitution(field.value)) return true;
  for (const Node* item : value.items())
    if (holds_substitution(item)) return true;
  return false;
}

}  // namespace

void add_root_kustomization(std::vector<OutputFile>& files) {
  Folder root;
  for (const OutputFile& file : files) root.add(file.path, file.part);
  files.push_back(kustomization("", root));
}

// Each folder names its files and its folders.
void add_kustomizations(std::vector<OutputFile>& files) {
  std::map<std::string, Folder> folders = {{"", {}}};
  for (const OutputFile& file : files) {
    std::string_view path = file.path;
    for (size_t slash; !path.empty(); path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash)) {
      slash = path.rfind('/');
      const bool top = slash == std::string_view::npos;
      folders[std::string(top ? std::string_view() : path.substr(0, slash))].add(std::string(top ? path : path.substr(slash + 1)), file.part);
    }
  }
  for (const auto& [path, folder] : folders) files.push_back(kustomization(path, folder));
}

const Node* kept_from_substitution(View object, Arena& arena) {
  if (!holds_substitution(object)) return object.node();
  const Make make(arena);
  const View metadata = object["metadata"];
  const Node* annotations = make.with(metadata["annotations"], "kustomize.toolkit.fluxcd.io/substitute", make.borrowed("disabled"));
  return make.with(object, "metadata", make.with(metadata, "annotations", annotations));
}

}  // namespace isvcc
