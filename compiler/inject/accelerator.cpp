#include "inject/passes.h"
#include "kserve/names.h"

namespace isvcc {

static bool wants_gpu(const PodEdit& pod) {
  for (const ContainerEdit& container : pod.containers)
    if (container.get("resources")["limits"]["nvidia.com/gpu"]) return true;
  return false;
}

std::string inject_accelerator_selector(PodMutation& pod) {
  const View accelerator = pod.context.annotation(names::kGkeAccelerator);
  if (!accelerator || !wants_gpu(pod.spec)) return {};
  const Make make = pod.context.scratch.make(Pass::AcceleratorSelector);
  pod.spec.set("nodeSelector", make.with(pod.spec.get("nodeSelector"), "cloud.google.com/gke-accelerator", make.text(accelerator.text())));
  return {};
}

}  // namespace isvcc
