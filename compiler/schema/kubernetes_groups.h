#pragma once
// Which API groups are Kubernetes' own: their objects are decoded into Go types by the API server, not checked against a CRD.
#include <string_view>

namespace isvcc {

// "" (core), "apps", "networking.k8s.io", …; not the groups of CRDs that live below k8s.io or x-k8s.io.
bool is_kubernetes_group(std::string_view group);

}  // namespace isvcc
