#include "schema/kubernetes_groups.h"

#include <algorithm>

namespace isvcc {

static constexpr std::string_view groups[] = {"",
                                              "admissionregistration.k8s.io",
                                              "apiextensions.k8s.io",
                                              "apiregistration.k8s.io",
                                              "apps",
                                              "authentication.k8s.io",
                                              "authorization.k8s.io",
                                              "autoscaling",
                                              "batch",
                                              "certificates.k8s.io",
                                              "coordination.k8s.io",
                                              "discovery.k8s.io",
                                              "events.k8s.io",
                                              "flowcontrol.apiserver.k8s.io",
                                              "networking.k8s.io",
                                              "node.k8s.io",
                                              "policy",
                                              "rbac.authorization.k8s.io",
                                              "resource.k8s.io",
                                              "scheduling.k8s.io",
                                              "storage.k8s.io"};

bool is_kubernetes_group(std::string_view group) { return std::find(std::begin(groups), std::end(groups), group) != std::end(groups); }

}  // namespace isvcc
