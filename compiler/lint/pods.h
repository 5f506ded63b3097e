#pragma once
// The pods of rendered objects.
#include <span>
#include <vector>

#include "finish/finish.h"

namespace isvcc {

struct RenderedPod {
  View spec;
  std::vector<View> containers;  // then the init containers
};

// The pods inside workloads (Deployment, Knative Service), in the order of the manifests.
std::vector<RenderedPod> pods_of(std::span<const Manifest> manifests);

}  // namespace isvcc
