#pragma once
// Plan → Kubernetes objects, one file per target. Decides nothing about models and runtimes any more.
#include <functional>
#include <optional>
#include <set>
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

// The GPUs that the two pods of a multi-node predictor ask for (addGPUResourceToDeployment): with the pod defaults. Only for one with a worker.
void add_component_gpus(ComponentPlan& component, const Profile& profile, Scratch& scratch);

// What fails a service before KServe looks at its predictor: a CA bundle that cannot be copied, Knative mode without Knative.
// lower_service checks it, too; call it before selection to keep upstream's order.
std::optional<Failure> check_service(const Object& service, DeploymentMode mode, const Repository& repository, const Profile& profile);

// global-ca-bundle in the service's namespace: made before the predictor, so it stays when the service fails later. After check_service().
void lower_shared_objects(const Object& service, DeploymentMode mode, const Repository& repository, const Profile& profile, Scratch& scratch,
                          std::vector<Rendered>& out);

// What fails a component before KServe adds its storageUris: host name, autoscaler class, configuration. lower_service checks it, too.
std::optional<Failure> check_component(const ServicePlan& plan, const ComponentPlan& component, const Profile& profile, Scratch& scratch);

// Everything KServe's controller checks before it builds objects of a component: host name, deployment mode, autoscaler class, configuration.
// Then all objects of the service in `plan`, but the shared ones and the modelconfig ConfigMap (see lower_trained_models). Fails as the controller would;
// what is in `out` by then counts for nothing. Of a plan that is not complete only the components it has are checked.
std::optional<Failure> lower_service(const ServicePlan& plan, const Repository& repository, const Profile& profile, Scratch& scratch,
                                     std::vector<Rendered>& out);

// One modelconfig-<isvc>-0 ConfigMap for each multi-model service of `plans`, with the TrainedModels it accepts; the others are reported.
// `plans` are the services that did not fail.
void lower_trained_models(const std::vector<const ServicePlan*>& plans, const Repository& repository, const Profile& profile, Scratch& scratch,
                          std::vector<Rendered>& out);

// What happens to a pod when it is created; `knative`: by Knative.
using PodWebhook = std::function<void(PodTemplate& pod, bool knative)>;

// An InferenceGraph and the services it calls (`stored` forms are in the repository). Services in `failed` have no address.
// `webhook` may be absent.
std::optional<Failure> lower_graph(const Object& graph, const Repository& repository, const Profile& profile, Scratch& scratch,
                                   std::vector<Rendered>& out, const std::set<const Object*>* failed = nullptr, const PodWebhook& webhook = {});

}  // namespace isvcc
