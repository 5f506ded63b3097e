#pragma once
// InferenceService ⊕ runtime → plan: pods, metadata, canaries, multi-node sizes. After this nobody decides about runtimes.
#include "select/select.h"

namespace isvcc {

// Mirrors the component reconcilers of KServe's controller up to the pod spec and object metadata they hand over.
std::optional<Failure> merge_service(const Object& service, const RuntimeIndex& index, const Repository& repository, const Profile& profile,
                                     Scratch& scratch, ServicePlan& plan);

}  // namespace isvcc
