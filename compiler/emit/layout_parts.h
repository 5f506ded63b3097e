#pragma once
// What the layouts are made of: objects by the file they go to, and files printed side by side.
#include <functional>
#include <string>
#include <vector>

#include "emit/layouts.h"
#include "emit/yaml_writer.h"

namespace isvcc {

// Into the objects of a run, which stay where they are.
using LayoutRefs = std::vector<const LayoutObject*>;

// The objects of one file, in the order they are written, and the part of the output it belongs to: that of its objects when they have
// one in common.
struct FileGroup {
  std::string path;
  std::string part = {};
  LayoutRefs objects = {};

  void add(const LayoutObject& object);
};

// Which objects surely have one path.
enum class SharedPath { OfNothing, OfService, OfNamespace };
std::vector<FileGroup> group_by_path(const std::vector<LayoutObject>& objects, SharedPath shared, const std::function<std::string(const LayoutObject&)>& path);

// A group that would be larger than options.app_limit becomes several, by service: the second one of "ml/manifest.yaml" is
// "ml.2/manifest.yaml". When a namespace grows, few services move, and only to the new group.
std::vector<OutputFile> print_split(const std::vector<FileGroup>& groups, const LayoutOptions& options);

// Only files of the share are printed; the others have no text and are gone in the end.
std::vector<OutputFile> print_files(const std::vector<FileGroup>& groups, const LayoutOptions& options);

// The objects of one file.
OutputText text_of(const LayoutRefs& objects, YamlStyle style);
YamlStyle style_of(Layout layout);

// Each layout on its own; `objects` are sorted.
std::vector<OutputFile> lay_out_hydrator(const std::vector<LayoutObject>& objects, const LayoutOptions& options);
// A kustomization.yaml for the whole, or for each folder.
void add_root_kustomization(std::vector<OutputFile>& files);
void add_kustomizations(std::vector<OutputFile>& files);

// An object with ${…} or $$ says that Flux is not to replace it.
const Node* kept_from_substitution(View object, Arena& arena);
// argocd.argoproj.io/sync-wave, for whoever wants one kind of object to be there before another. The author's own word stands.
const Node* with_sync_wave(View object, Arena& arena);

}  // namespace isvcc
