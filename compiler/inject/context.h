#pragma once
// What both places of injection (the controller for storageUris, the pod webhook for everything else) know while they work on a pod.
#include "diag/scratch.h"
#include "inject/pod_edit.h"
#include "kserve/profile.h"
#include "repo/repository.h"

namespace isvcc {

struct InjectContext {
  std::string_view namespace_;
  View annotations;  // of the component (controller) or the pod (webhook)
  const Repository& repository;
  const Profile& profile;
  Scratch& scratch;

  const Config& config() const { return profile.config; }
  View annotation(std::string_view key) const { return annotations[key]; }
};

// One pod in the webhook. Passes read the annotations through `context` and replace them only in the metrics pass.
struct PodMutation {
  PodEdit spec;
  View labels;
  View isvc;
  bool knative = false;
  InjectContext context;
};

// The container that runs the model: kserve-container, else worker-container; null when there is neither.
ContainerEdit* model_container(PodEdit& pod);
// The containers that see the model: the one above, then transformer-container when there is one.
std::vector<ContainerEdit*> model_readers(PodEdit& pod);

// False only for the annotation storage.kserve.io/readonly: "false".
bool models_are_read_only(View annotations);

}  // namespace isvcc
