#include "driver/pipes/replacement.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static constexpr std::string_view kBookkeeping[] = {"internal.config.kubernetes.io/", "config.kubernetes.io/", "config.k8s.io/", "kustomize.config.k8s.io/", "postrenderer.helm.sh/"};

// Of these, what also holds for the objects that are rendered: the file they belong to.
static constexpr std::string_view kCarried[] = {"internal.config.kubernetes.io/path", "config.kubernetes.io/path", "postrenderer.helm.sh/postrender-filename"};

FileId input_file(const Sources& sources) {
  for (auto file = static_cast<FileId>(sources.count()); file > 0; --file)
    if (sources.get(file).name == kStandardInput) return file;
  return 0;
}

bool is_bookkeeping(std::string_view annotation) {
  return std::any_of(std::begin(kBookkeeping), std::end(kBookkeeping), [&](std::string_view prefix) { return starts_with(annotation, prefix); });
}

static bool is_rendered_kind(std::string_view kind) { return kind == "InferenceService" || kind == "InferenceGraph" || kind == "TrainedModel"; }
static bool is_compiled_in(std::string_view kind) { return kind == "ServingRuntime" || kind == "ClusterServingRuntime" || kind == "ClusterStorageContainer"; }

Replacement::Replacement(Session& session) : session_(session), arena_(session.result.arenas.emplace_back()) {
  for (const Object* o : session.result.repository.everything()) objects_[o->written] = o;
  const FileId input = input_file(session.result.sources);
  for (const Manifest& m : session.result.manifests) {
    if (!m.owner) others_.push_back(m.node);
    else if (m.owner->file == input) rendered_[m.owner].push_back(m.node);
  }
}

bool Replacement::replaces(const Document& document) const {
  const View root = document.root;
  const std::string_view kind = root["kind"].text();
  if (!starts_with(root["apiVersion"].text(), "serving.kserve.io/")) return false;
  if (session_.request.render == Render::Stored) return kind == "InferenceService";
  return is_rendered_kind(kind) || is_compiled_in(kind);
}

// The service's own books go to its stored form whole.
const Node* Replacement::carried(const Node* object, View from) {
  const Make make(arena_);
  const Node* all = annotations(object).node();
  for (const Field& f : annotations(from).fields()) {
    const bool wanted = std::find(std::begin(kCarried), std::end(kCarried), f.key()) != std::end(kCarried);
    if (wanted || (session_.request.render == Render::Stored && is_bookkeeping(f.key()))) all = make.with(all, f.key(), f.value);
  }
  return all == annotations(object).node() ? object : make.with(object, "metadata", make.with(metadata(object), "annotations", all));
}

std::vector<const Node*> Replacement::objects(const Document& document) {
  if (!replaces(document)) return {document.root};
  std::vector<const Node*> out;
  const auto object = objects_.find(document.root);
  if (is_compiled_in(View(document.root)["kind"].text())) ++left_out_;
  if (object == objects_.end()) return out;
  for (const Node* node : rendered_[object->second]) out.push_back(carried(node, document.root));
  return out;
}

}  // namespace isvcc
