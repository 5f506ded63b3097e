#pragma once
// Strategic merge patch (apimachinery's strategicpatch) driven by the Go tags in the Schema.
#include <string>

#include "diag/scratch.h"
#include "schema/schema.h"

namespace isvcc {

struct MergeResult {
  const Node* value = nullptr;  // null when `error` is set
  std::string error;            // the upstream text
  bool limit = false;           // the error is about a limit of ours
};

// `patch` laid over `original`, both values of the Go type `schema` (StrategicMergePatch).
MergeResult strategic_merge(View original, View patch, const Schema& schema, Arena& arena);

// Whether an env entry that both sides set keeps `value` and `valueFrom` side by side (up to v0.19) or only the overlay's kind.
enum class EnvConflicts { Clear, Keep };

// Whether the fields of what is merged went through their Go types before.
enum class MergeInputs { Raw, Encoded };

// KServe's MergeRuntimeContainers: strategic merge of two encoded containers read into a fresh container, value/valueFrom
// conflicts settled for the overlay, the base's name when the result has none, args of both in a row.
// Mirrors MergeRuntimeContainers and MergeContainerWithPatch (KServe v0.20.0).
MergeResult merge_containers(View base, View overlay, const Schema& container, Arena& arena, EnvConflicts conflicts = EnvConflicts::Clear,
                             MergeInputs inputs = MergeInputs::Raw);

// KServe's MergePodSpec: only nodeSelector, affinity, tolerations, volumes, imagePullSecrets and schedulerName of the
// runtime take part.
MergeResult merge_pod_specs(View runtime, View overlay, const Schema& pod_spec, Arena& arena, MergeInputs inputs = MergeInputs::Raw);

}  // namespace isvcc
