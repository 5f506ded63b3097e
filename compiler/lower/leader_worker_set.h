#pragma once
// A multi-node predictor as one LeaderWorkerSet instead of KServe's pair of Deployments: groups that start, fail, roll and scale as one.
// Our own design, not KServe's: fixtures/leader-worker-set/README.md has the rules and their reasons. Internal to lower/.
#include "lower/lowering.h"

namespace isvcc {

// The LeaderWorkerSet, the predictor's Service and its autoscaler. `component` has a worker and its pods their GPUs.
// Fails where the controller of LeaderWorkerSets would refuse the object or pods could not find each other.
std::optional<Failure> lower_leader_worker_set(const ComponentPlan& component, Lowering& lowering);

// `<predictor>-mn`, shortened with a hash beyond 48 characters: Kubernetes puts the name of a worker's StatefulSet into label values.
std::string leader_worker_set_name(std::string_view predictor);

}  // namespace isvcc
