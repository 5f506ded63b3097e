#pragma once
// Runtime ⊕ predictor → pod spec (buildPodSpec, MergeServingRuntimeAndInferenceServiceSpecs).
#include "merge/context.h"

namespace isvcc {

struct MergedPod {
  const Node* spec = nullptr;        // without `containers`
  const Node* container = nullptr;   // the merged target container
};

// The runtime container named `target` merged with `overlay`, and the pod fields of both sides. `runtime_pod` is the runtime's spec or its
// workerSpec, `own_pod` the service's side.
std::optional<Failure> merge_with_runtime(const MergeContext& context, View runtime_pod, View own_pod, View overlay, std::string_view target, MergedPod& merged);

// The pod of a predictor with a model.
std::optional<Failure> model_pod(MergeContext& context, View runtime_spec, View runtime_annotations, const Node*& pod);

// The pod of a predictor without a model: its containers as they are, kserve-container first.
std::optional<Failure> custom_pod(MergeContext& context, const Node*& pod);

// The fields of a Kubernetes PodSpec among those of `component`, which has others beside them.
const Node* pod_fields(View component, const MergeContext& context);

// The fields of a Kubernetes Container among those of `model`.
const Node* container_fields(View model, const MergeContext& context);

}  // namespace isvcc
