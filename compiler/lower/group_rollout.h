#pragma once
// How a LeaderWorkerSet replaces its groups. Internal to lower/.
#include "lower/lowering.h"

namespace isvcc {

struct GroupRollout {
  const Node* strategy = nullptr;  // spec.rolloutStrategy
  std::string error;               // in isvcc's words; empty on success
  View where;
};

// The component's deploymentStrategy, else the configured rollout, read as being about whole groups; else one group after the other.
// `replicas` is the number of groups (1 when an autoscaler decides).
GroupRollout group_rollout(const ComponentPlan& component, int64_t replicas, const Lowering& lowering);

}  // namespace isvcc
