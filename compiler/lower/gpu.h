#pragma once
// GPU resources of the two pods of a multi-node predictor (addGPUResourceToDeployment, KServe v0.20.0). Internal to lower/.
#include <string>
#include <vector>

#include "tree/make.h"

namespace isvcc {

struct GpuTypeOrder {
  std::vector<std::string> types;  // in the order in which they are looked for
  std::string error;               // KServe's text about the annotation
};

// The configured types and those of annotation serving.kserve.io/gpu-resource-types.
GpuTypeOrder gpu_types(View annotations, const std::vector<std::string>& configured, Arena& arena);

// `pod_spec` whose container `container` has `count` GPUs, as limit and as request, of the type it already asks for, else of nvidia.com/gpu.
const Node* with_gpus(View pod_spec, std::string_view container, int64_t count, const std::vector<std::string>& types, Make make);

}  // namespace isvcc
