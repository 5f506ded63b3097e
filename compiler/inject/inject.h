#pragma once
// What KServe adds to pods: model download, OCI models, credentials, agent, metrics, accelerator selector.
// Two places, as upstream: the controller (storageUris) and the pod webhook (everything else). Changes pod templates, nothing else.
#include "diag/scratch.h"
#include "plan/plan.h"
#include "repo/repository.h"

namespace isvcc {

// The controller's part: `storageUris` of a component (and of its worker) become an init container, mounts and volumes in pod.spec.
// Returns KServe's error text, empty on success (CommonStorageInitialization); it fails the service in every mode. What Knative mode only
// logs is reported here and no error; the pod then keeps what was injected before it.
std::string inject_storage_uris(ComponentPlan& component, const ServicePlan& plan, const Repository& repository, const Profile& profile,
                                Scratch& scratch);

// The pod webhook on one pod template (after the controller's pod defaults). `isvc` is the stored InferenceService.
// Returns the text with which the webhook refuses the pod, empty on success (Mutator.mutate); the pod is then unchanged.
struct PodContext {
  std::string_view namespace_;
  View isvc;
  bool knative = false;  // the pod also has Knative's queue-proxy, which is not part of the template
};
std::string mutate_pod(PodTemplate& pod, const PodContext& context, const Repository& repository, const Profile& profile, Scratch& scratch);

}  // namespace isvcc
