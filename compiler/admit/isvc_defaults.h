#pragma once
// The mutating webhook of InferenceServices: what KServe writes into a service before it is validated. Validates nothing by itself.
#include "diag/scratch.h"
#include "kserve/profile.h"
#include "repo/repository.h"

namespace isvcc {

// `decoded`: as the API server hands it to the webhook. Mirrors InferenceServiceDefaulter.Default and the typed round trip around it.
// Null, with diagnostics of stage defaulting, when the webhook refuses (or crashes).
const Node* mutate_service(View decoded, const Object& object, const Schema& schema, const Repository& repository, const Profile& profile,
                           Scratch& scratch);

}  // namespace isvcc
