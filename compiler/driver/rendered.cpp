#include "driver/rendered.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "driver/sides.h"
#include "load/file_system.h"

namespace isvcc {
namespace {

constexpr std::string_view kServiceLabel = "serving.kserve.io/inferenceservice";

ObjectRef owner_of(View object, std::string_view namespace_) {
  for (const Node* reference : object.at("metadata.ownerReferences").items()) {
    const View owner = reference;
    if (owner["kind"].text() == "InferenceService" || owner["kind"].text() == "InferenceGraph")
      return {std::string(owner["kind"].text()), std::string(namespace_), std::string(owner["name"].text())};
  }
  std::string_view service = object["metadata"]["labels"][kServiceLabel].text();
  if (service.empty()) service = object.at("spec.template.metadata.labels")[kServiceLabel].text();
  if (service.empty()) return {};
  return {"InferenceService", std::string(namespace_), std::string(service)};
}

// kubectl's files have no extension; files that are named are read as YAML whatever they are called.
std::vector<std::string> plain_files(const std::string& folder) {
  std::string error;
  const auto files = open_folder(folder, error);
  std::vector<std::string> out;
  if (!files) return {"."};
  for (const FolderEntry& e : files->list("").entries) {
    const bool hidden = e.name.empty() || e.name[0] == '.';
    if (e.kind == FileKind::Folder ? !hidden : e.kind == FileKind::File && !hidden) out.push_back(e.name);
  }
  return out;
}

auto identity(const diff::SideObject& o) { return std::tuple(api_group(o.api_version), o.kind, o.namespace_, o.name); }

void add_owners(diff::Side& side) {
  std::set<ObjectRef> owners;
  for (const diff::SideObject& o : side.objects)
    if (!o.owner.kind.empty()) owners.insert(o.owner);
  for (const ObjectRef& ref : owners) {
    diff::SideService service;
    service.ref = ref;
    service.state = diff::ServiceState::Rendered;
    side.services.push_back(std::move(service));
  }
}

}  // namespace

diff::Side rendered_side(const LoadOptions& options, std::string label, Compilation& memory) {
  LoadOptions load_options = options;
  if (load_options.sources.empty()) load_options.sources = plain_files(options.project_root);
  memory.documents = load(load_options, memory.sources, memory.diags);
  memory.diags.sort(memory.sources);
  diff::Side side;
  side.label = std::move(label);
  side.schemas = &builtin_schemas(release_name(kLatestRelease));
  for (const Document& d : memory.documents.all) {
    const View root = d.root;
    const View meta = root["metadata"];
    if (meta["name"].text().empty()) continue;
    const std::string_view namespace_ = meta["namespace"].text();
    side.objects.push_back({d.root, root["apiVersion"].text(), root["kind"].text(), namespace_, meta["name"].text(), owner_of(root, namespace_)});
  }
  std::stable_sort(side.objects.begin(), side.objects.end(), [](const diff::SideObject& a, const diff::SideObject& b) { return identity(a) < identity(b); });
  side.objects.erase(std::unique(side.objects.begin(), side.objects.end(), [](const auto& a, const auto& b) { return identity(a) == identity(b); }), side.objects.end());
  add_owners(side);
  add_errors(memory, side);
  return side;
}

}  // namespace isvcc
