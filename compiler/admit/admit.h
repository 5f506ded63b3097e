#pragma once
// What the API server and KServe's webhooks make of one object: its stored form, or the reasons why it is refused.
// Stages as in the API server: prune, default, mutate, default, structural validation, validating webhook.
#include "diag/scratch.h"
#include "kserve/profile.h"
#include "repo/repository.h"

namespace isvcc {

struct Admission {
  const Node* stored = nullptr;  // null: refused, with diagnostics of stage schema, defaulting or validation
  bool accepted() const { return stored != nullptr; }
};

// InferenceService. Local model caches are read from the repository.
Admission admit_service(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch);

// ServingRuntime or ClusterServingRuntime, compared with all runtimes of its scope (`siblings`, by name, itself included).
Admission admit_runtime(const Object& object, std::span<const Object* const> siblings, const Profile& profile, Scratch& scratch);

Admission admit_trained_model(const Object& object, const Profile& profile, Scratch& scratch);
Admission admit_graph(const Object& object, const Profile& profile, Scratch& scratch);
// LocalModelCache or LocalModelNamespaceCache.
Admission admit_local_model_cache(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch);
// Any kind with a schema and without a webhook: structural stages only. Kinds without a schema are stored as they are.
Admission admit_structural(const Object& object, const Profile& profile, Scratch& scratch);

}  // namespace isvcc
