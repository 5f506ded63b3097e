#pragma once
// Rendered objects → output files, in the folder structures that GitOps tools expect. Prints; never touches the disk.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "emit/output_tree.h"
#include "tree/node.h"

namespace isvcc {

struct LayoutObject {
  const Node* node = nullptr;
  std::string_view api_version, kind, namespace_, name;  // namespace_ empty: cluster-scoped
  std::string_view service;  // the InferenceService or InferenceGraph it was made for; empty for shared and copied objects
  std::string_view text = {};  // the object as YAML when it was printed before; `node` is not asked then
  const StoredText* stored = nullptr;  // the same, lying elsewhere
};

enum class Layout {
  Tree,            // <namespace>/<service>.yaml, <namespace>/_shared/<kind>-<name>.yaml, _cluster/<kind>-<name>.yaml
  Bundle,          // <namespace>.yaml and _cluster.yaml, each a stream
  Flux,            // Tree with a kustomization.yaml in every folder; objects with ${…} or $$ keep it
  Kustomize,       // Tree with one kustomization.yaml at its root
  ArgocdHydrator,  // <namespace>/manifest.yaml with the metadata files of Argo CD's source hydrator
};

enum class FilePer { Service, Object, Namespace };

// The commit that the sources' commit was made for, if it names one.
struct HydratorReference {
  std::string author = {}, date = {}, subject = {}, body = {}, sha = {}, repo_url = {};
  bool operator==(const HydratorReference&) const = default;
};

// What the hydrator layout says about the sources; empty members are left out.
struct HydratorSource {
  std::string repo_url = {}, dry_sha = {}, author = {}, date = {}, subject = {}, body = {};
  std::vector<std::string> commands = {};
  HydratorReference reference = {};
};

// How much Argo CD reads for one application of plain manifests, unless it is told otherwise ("10M").
inline constexpr size_t kArgocdLimit = 10'000'000;

struct LayoutOptions {
  Layout layout = Layout::Tree;
  FilePer file_per = FilePer::Service;  // of Tree, Flux and Kustomize
  std::string file_name = {};           // of Tree, Flux and Kustomize: a pattern or the word for one, instead of file_per (emit/file_template.h)
  bool sync_waves = false;              // Argo CD's annotation on what has to come before or after the workloads
  Shard shard = {};                     // only the files of this share
  size_t app_limit = kArgocdLimit;      // of Bundle and ArgocdHydrator: bytes of one file, larger ones are split; 0: none
  HydratorSource hydrator = {};
  size_t threads = 1;
};

// By the words of --layout and --file-per; nothing when unknown.
std::optional<Layout> find_layout(std::string_view name);
std::optional<FilePer> find_file_per(std::string_view name);
// "tree", "bundle", …: for messages.
std::span<const std::string_view> layout_names();

// Files by path. Whatever the names of the objects, paths are safe and distinct; objects that would share a path share
// the file. `arena` holds what is added to objects.
std::vector<OutputFile> lay_out(std::vector<LayoutObject> objects, const LayoutOptions& options, Arena& arena);

// One object as the layout prints it, in advance: LayoutObject::text.
std::string_view print_object(View object, const LayoutOptions& options, Arena& arena);

// One text: documents sorted by (API group, kind, namespace, name), a line "---" between them.
OutputText print_stream(std::vector<LayoutObject> objects);

}  // namespace isvcc
