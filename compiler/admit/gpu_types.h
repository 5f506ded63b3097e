#pragma once
// Which resources KServe takes for GPUs when it sizes multi-node deployments (HasUnknownGpuResourceType).
#include <string>
#include <unordered_set>

#include "diag/scratch.h"
#include "kserve/config.h"

namespace isvcc {

class GpuTypes {
 public:
  // The configured types and those of the annotation serving.kserve.io/gpu-resource-types. `annotations`: those of the service, or
  // spec.annotations of a runtime. The strings of `config` and `scratch` must outlive this.
  GpuTypes(View annotations, const Config& config, Scratch& scratch);

  // KServe's text when the annotation is no JSON array of non-empty strings; it then refuses whatever container it looks at.
  const std::string& annotation_error() const { return annotation_error_; }
  // The first resource that is no known GPU, in the order limits, requests; empty when there is none.
  std::string_view unknown_in(View resources) const;

 private:
  std::unordered_set<std::string_view> known_;
  std::string annotation_error_;
};

}  // namespace isvcc
