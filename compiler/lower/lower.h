#pragma once
// Plan → Kubernetes objects, one file per target. Decides nothing about models and runtimes any more.
#include <optional>
#include <vector>

#include "diag/scratch.h"
#include "plan/plan.h"
#include "repo/repository.h"

namespace isvcc {

// One object that isvcc renders. `owner` is the InferenceService or InferenceGraph it belongs to, null for shared objects
// (global-ca-bundle): those may appear once per service and are merged by the caller.
struct Rendered {
  const Node* node = nullptr;   // apiVersion, kind, metadata, spec; no status
  const Object* owner = nullptr;
  bool owned = true;            // upstream sets a controller reference (canary autoscalers and some collectors have none)
};

// The controller's pod defaults (setDefaultPodSpec): applied to every pod of Standard mode, after storageUris, before the pod webhook.
const Node* default_pod_spec(View pod_spec, Scratch& scratch);

// Everything KServe's controller checks before it builds objects of a component: host name, deployment mode, autoscaler class, configuration.
// Then all objects of the service in `plan`. Fails as the controller would.
std::optional<Failure> lower_service(const ServicePlan& plan, const Repository& repository, const Profile& profile, Scratch& scratch,
                                     std::vector<Rendered>& out);

// modelconfig-<isvc>-0 ConfigMaps filled by TrainedModels: one per parent with accepted models.
void lower_trained_models(const std::vector<const ServicePlan*>& plans, const Repository& repository, const Profile& profile, Scratch& scratch,
                          std::vector<Rendered>& out);

// An InferenceGraph and the services it calls (`stored` forms are in the repository).
std::optional<Failure> lower_graph(const Object& graph, const Repository& repository, const Profile& profile, Scratch& scratch,
                                   std::vector<Rendered>& out);

}  // namespace isvcc
