#include "lint/pods.h"

namespace isvcc {

std::vector<RenderedPod> pods_of(std::span<const Manifest> manifests) {
  std::vector<RenderedPod> pods;
  for (const Manifest& m : manifests) {
    const View spec = View(m.node)["spec"]["template"]["spec"], containers = spec["containers"];
    if (!containers.is_list()) continue;
    RenderedPod& pod = pods.emplace_back(RenderedPod{spec, {containers.items().begin(), containers.items().end()}});
    for (const Node* container : spec["initContainers"].items()) pod.containers.push_back(container);
  }
  return pods;
}

}  // namespace isvcc
