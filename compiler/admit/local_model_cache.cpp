// LocalModelCache and LocalModelNamespaceCache.
#include <unordered_map>

#include "admit/admit.h"
#include "admit/stages.h"
#include "admit/structural.h"
#include "base/text.h"

namespace isvcc {

static constexpr std::string_view kClusterKind = "LocalModelCache";

static std::string_view source_uri(const Object& cache) { return cache.view()["spec"]["sourceModelUri"].text(); }

// LocalModelCacheValidator: one cache for each model. `earlier`: the cache that holds it already, or null.
static bool is_unique(View cache, const Object* earlier, Scratch& scratch) {
  if (!earlier) return true;
  const std::string_view uri = cache["spec"]["sourceModelUri"].text();
  refuse(cache, "spec.sourceModelUri", Code::DuplicateModelCache, cat(kClusterKind, ' ', earlier->name, " has the same StorageURI ", uri),
         cat("the cache ", quote(earlier->name), " already holds ", quote(uri)), scratch)
      .label(earlier->view()["spec"]["sourceModelUri"], cat("cache ", quote(earlier->name), " is here"));
  return false;
}

// What comes later in the repository is compared with this one, not the other way round.
static const Object* earlier_cache(const Object& object, const Repository& repository) {
  for (const Object* other : repository.everything()) {
    if (other->kind != kClusterKind) continue;
    if (other->name == object.name) return nullptr;
    if (source_uri(*other) == source_uri(object)) return other;
  }
  return nullptr;
}

// LocalModelNamespaceCacheValidator. Of its error the webhook passes on only what the API server said.
static bool groups_exist(View cache, const Repository& repository, Scratch& scratch) {
  const View groups = cache["spec"]["nodeGroups"];
  for (size_t i = 0; i < groups.items().size(); ++i) {
    const std::string_view group = groups.item(i).text();
    if (repository.find("LocalModelNodeGroup", {}, group)) continue;
    refuse(cache, cat("spec.nodeGroups[", i, ']'), Code::UnknownNodeGroup,
           cat("localmodelnodegroups.serving.kserve.io ", go_quote(group), " not found"),
           cat("there is no LocalModelNodeGroup ", quote(group)), scratch);
    return false;
  }
  return true;
}

static Admission admit_cache(const Object& object, const Object* earlier, const Repository& repository, const Profile& profile,
                             Scratch& scratch) {
  const Schema* schema = nullptr;
  const Node* stored = admit_structure(object, StatusOnCreate::Dropped, profile, scratch, &schema);
  if (!stored || !schema) return {stored};
  const bool accepted = object.kind == kClusterKind ? is_unique(stored, earlier, scratch) : groups_exist(stored, repository, scratch);
  return {accepted ? stored : nullptr};
}

Admission admit_local_model_cache(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch) {
  return admit_cache(object, object.kind == kClusterKind ? earlier_cache(object, repository) : nullptr, repository, profile, scratch);
}

std::vector<Admission> admit_local_model_caches(std::span<const Object* const> caches, const Repository& repository, const Profile& profile,
                                                Scratch& scratch) {
  std::vector<Admission> out;
  std::unordered_map<std::string_view, const Object*> by_uri;
  for (const Object* cache : caches) {
    const auto earlier = by_uri.find(source_uri(*cache));
    out.push_back(admit_cache(*cache, earlier == by_uri.end() ? nullptr : earlier->second, repository, profile, scratch));
    if (out.back().accepted() && cache->kind == kClusterKind) by_uri.emplace(source_uri(*cache), cache);
  }
  return out;
}

}  // namespace isvcc
