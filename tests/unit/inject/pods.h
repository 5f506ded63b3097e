#pragma once
// Pods that most tests start from.
#include "base/text.h"

namespace isvcc::test {

// A pod of one kserve-container with these annotations (flow YAML) and more of the spec.
inline std::string pod(std::string_view annotations, std::string_view more_spec = "") {
  return cat("metadata: {annotations: {", annotations, "}}\nspec:\n  containers: [{name: kserve-container, resources: {}}]\n", more_spec);
}

inline std::string pod_of_uri(std::string_view uri, std::string_view more_spec = "") {
  return pod(cat("internal.serving.kserve.io/storage-initializer-sourceuri: \"", uri, "\""), more_spec);
}

}  // namespace isvcc::test
