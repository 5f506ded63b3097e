#include <algorithm>

#include "base/text.h"
#include "ops/schema_ops.h"
#include "select/labels.h"
#include "select/select.h"

namespace isvcc {

static constexpr std::string_view kProtocols[] = {"v1", "v2", "grpc-v1", "grpc-v2"};

static int class_of(std::string_view protocol) {
  const auto found = std::find(std::begin(kProtocols), std::end(kProtocols), protocol);
  return static_cast<int>(found - std::begin(kProtocols)) + 1;
}

int protocol_class(View protocol_versions) {
  int best = 5;
  for (const Node* protocol : protocol_versions.items()) best = std::min(best, class_of(View(protocol).text()));
  return best;
}

std::string_view protocol_of_class(int protocol_class) {
  return protocol_class >= 1 && protocol_class <= 4 ? kProtocols[protocol_class - 1] : std::string_view();
}

static Runtime read_runtime(const Object& object, const Profile& profile, Scratch& scratch) {
  const Node* typed = reencode(object.view()["spec"], profile.type("ServingRuntimeSpec"), ZeroValues::Drop, scratch);
  return runtime_with_spec(object, typed ? typed : Make(scratch.arena).map({}));
}

Runtime runtime_with_spec(const Object& object, const Node* node) {
  Runtime runtime{.object = &object, .spec = node};
  const View spec = node;
  runtime.protocol_class = protocol_class(spec["protocolVersions"]);
  runtime.cluster = object.kind == "ClusterServingRuntime";
  runtime.disabled = spec["disabled"].is_true();
  runtime.multi_model = spec["multiModel"].is_true();
  runtime.multi_node = static_cast<bool>(spec["workerSpec"]);
  return runtime;
}

static bool before(const Runtime& a, const Runtime& b) {
  if (a.protocol_class != b.protocol_class) return a.protocol_class < b.protocol_class;
  const std::string_view made_a = metadata(a.object->written)["creationTimestamp"].text(), made_b = metadata(b.object->written)["creationTimestamp"].text();
  if (made_a != made_b) return made_a > made_b;
  return a.object->name < b.object->name;
}

void finish_scope(RuntimeScope& scope) {
  std::sort(scope.runtimes.begin(), scope.runtimes.end(), before);
  for (size_t i = 0; i < scope.runtimes.size(); ++i) {
    scope.by_name.emplace(scope.runtimes[i].object->name, i);
    const View spec = scope.runtimes[i].spec;
    for (const auto& [label, format] : automatic_labels(spec)) scope.automatic[label].push_back({i, format, priority_for(spec, format)});
  }
}

RuntimeIndex index_runtimes(const Repository& repository, const Profile& profile, Scratch& scratch) {
  RuntimeIndex index;
  if (profile.installed("ClusterServingRuntime"))
    for (const Object* object : repository.all("ClusterServingRuntime")) index.cluster.runtimes.push_back(read_runtime(*object, profile, scratch));
  for (const Object* object : repository.all("ServingRuntime"))
    index.namespaces[object->namespace_].runtimes.push_back(read_runtime(*object, profile, scratch));
  finish_scope(index.cluster);
  for (auto& [namespace_, scope] : index.namespaces) finish_scope(scope);
  return index;
}

const RuntimeScope& RuntimeIndex::in(std::string_view namespace_) const {
  static const RuntimeScope none;
  const auto found = namespaces.find(namespace_);
  return found == namespaces.end() ? none : found->second;
}

const Runtime* RuntimeIndex::find(std::string_view namespace_, std::string_view name) const {
  for (const RuntimeScope* scope : {&in(namespace_), &cluster})
    if (const auto found = scope->by_name.find(name); found != scope->by_name.end()) return &scope->runtimes[found->second];
  return nullptr;
}

}  // namespace isvcc
