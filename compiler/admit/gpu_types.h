#pragma once
// Which resources KServe takes for GPUs when it sizes multi-node deployments (HasUnknownGpuResourceType).
#include <string>

#include "diag/scratch.h"
#include "kserve/config.h"

namespace isvcc {

struct GpuFinding {
  std::string_view unknown;    // the first resource that is no known GPU, in the order limits, requests
  std::string annotation_error;  // KServe's text when the annotation serving.kserve.io/gpu-resource-types is no JSON array of strings
  bool ok() const { return unknown.empty() && annotation_error.empty(); }
};

// `annotations`: those of the service, or spec.annotations of a runtime.
GpuFinding check_gpu_types(View resources, View annotations, const Config& config, Scratch& scratch);

}  // namespace isvcc
