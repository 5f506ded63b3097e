#pragma once
// Knative Services: of components and of InferenceGraphs. Internal to lower/.
#include "lower/lowering.h"

namespace isvcc {

// Replica bounds and targets as annotations of a revision (SetAutoScalingAnnotations, KServe v0.20.0). `scaling` has scaleTarget,
// scaleMetric, minReplicas and maxReplicas.
const Node* with_scaling_annotations(View annotations, View scaling, Make make);

// An object's annotations in two halves: those that belong to the Knative Service and those of its revisions.
struct SplitAnnotations {
  const Node* service = nullptr;
  const Node* revision = nullptr;
};
SplitAnnotations split_annotations(View annotations, std::span<const std::string_view> moved, Make make);

// One component (createKnativeService of reconcilers/knative).
void lower_knative_component(const ComponentPlan& component, Lowering& lowering);

inline constexpr ObjectKind kKnativeService{"serving.knative.dev/v1", "Service"};
inline constexpr std::string_view kEnablePassthrough = "serving.knative.openshift.io/enablePassthrough";

// allow-zero-initial-scale of Knative's config-autoscaler; null where that is not among the sources.
View zero_initial_scale(const Repository& repository);
// Services and graphs in Knative mode read it first.
std::optional<Failure> check_knative_config(const Repository& repository);

}  // namespace isvcc
