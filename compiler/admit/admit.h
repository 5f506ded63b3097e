#pragma once
// What the API server and KServe's webhooks make of one object: its stored form, or the reasons why it is refused.
// Stages as in the API server: prune, default, mutate, default, structural validation, validating webhook.
#include <string>
#include <unordered_map>

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

// The runtimes of one scope (the cluster, or one namespace) that were admitted so far, found by what a later one could conflict with.
class AdmittedRuntimes {
 public:
  // `runtime`: its stored form, or the bundled one.
  void add(const Object& runtime);
  bool empty() const { return count_ == 0; }
  // The first one by name that gives a model format the same priority as `runtime` does, and that format as `runtime` writes it.
  // Null when there is none. A runtime never conflicts with itself.
  const Object* conflict(View runtime, std::string_view name, std::string_view& format) const;

 private:
  std::unordered_map<std::string, std::vector<const Object*>> by_claim_;
  size_t count_ = 0;
};

// All runtimes of a run, of both kinds, in source order: slot i is what became of runtimes[i]. Of two that conflict the later one is
// refused, as when they are created one after the other; those that a release installs (file 0) come first.
std::vector<Admission> admit_runtimes(std::span<const Object* const> runtimes, const Profile& profile, Scratch& scratch);
// One ServingRuntime or ClusterServingRuntime, compared with the runtimes of its scope that were admitted before it.
Admission admit_runtime(const Object& object, const AdmittedRuntimes& earlier, const Profile& profile, Scratch& scratch);
// The same for one of few: `siblings` are all runtimes of the scope, and those that stand before it in the sources count, admitted or not.
Admission admit_runtime(const Object& object, std::span<const Object* const> siblings, const Profile& profile, Scratch& scratch);

Admission admit_trained_model(const Object& object, const Profile& profile, Scratch& scratch);
Admission admit_graph(const Object& object, const Profile& profile, Scratch& scratch);
// All LocalModelCaches and LocalModelNamespaceCaches of a run, in source order. Of two LocalModelCaches of one model the later one is
// refused.
std::vector<Admission> admit_local_model_caches(std::span<const Object* const> caches, const Repository& repository, const Profile& profile,
                                                Scratch& scratch);
// One of them; looks for the others in the repository. Of two LocalModelCaches of one model, the later one in the repository's order is
// refused. Works before Repository::finish().
Admission admit_local_model_cache(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch);
// Any kind with a schema and without a webhook: structural stages only. Kinds without a schema are stored as they are.
Admission admit_structural(const Object& object, const Profile& profile, Scratch& scratch);

}  // namespace isvcc
