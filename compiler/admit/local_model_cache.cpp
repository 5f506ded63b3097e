// LocalModelCache and LocalModelNamespaceCache.
#include "admit/admit.h"
#include "admit/stages.h"
#include "admit/structural.h"
#include "base/text.h"

namespace isvcc {

static constexpr std::string_view kClusterKind = "LocalModelCache";

// LocalModelCacheValidator: one cache for each model, the first one stays.
static bool is_unique(View cache, const Object& object, const Repository& repository, Scratch& scratch) {
  const std::string_view uri = cache["spec"]["sourceModelUri"].text();
  for (const Object* other : repository.everything()) {
    if (other->kind != kClusterKind) continue;
    if (other->name == object.name) break;  // what comes later is compared with this one
    const View theirs = other->view()["spec"]["sourceModelUri"];
    if (theirs.text() != uri) continue;
    refuse(cache, "spec.sourceModelUri", Code::DuplicateModelCache, cat(kClusterKind, ' ', other->name, " has the same StorageURI ", uri),
           cat("the cache ", quote(other->name), " already holds ", quote(uri)), scratch)
        .label(theirs, cat("cache ", quote(other->name), " is here"));
    return false;
  }
  return true;
}

// LocalModelNamespaceCacheValidator. The client reads from a cache, whose errors name the kind instead of the resource.
static bool groups_exist(View cache, const Repository& repository, Scratch& scratch) {
  const View groups = cache["spec"]["nodeGroups"];
  for (size_t i = 0; i < groups.items().size(); ++i) {
    const std::string_view group = groups.item(i).text();
    if (repository.find("LocalModelNodeGroup", {}, group)) continue;
    refuse(cache, cat("spec.nodeGroups[", i, ']'), Code::UnknownNodeGroup,
           cat("NodeGroup ", group, " not found: LocalModelNodeGroup.serving.kserve.io ", go_quote(group), " not found"),
           cat("there is no LocalModelNodeGroup ", quote(group)), scratch);
    return false;
  }
  return true;
}

Admission admit_local_model_cache(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch) {
  const Schema* schema = nullptr;
  const Node* stored = admit_structure(object, StatusOnCreate::Dropped, profile, scratch, &schema);
  if (!stored || !schema) return {stored};
  const bool accepted = object.kind == kClusterKind ? is_unique(stored, object, repository, scratch) : groups_exist(stored, repository, scratch);
  return {accepted ? stored : nullptr};
}

}  // namespace isvcc
