#pragma once
// Findings → `results` of a ResourceList (kustomize's functions-spec): each with the object and the file that it is about.
#include "driver/commands/session.h"

namespace isvcc {

// Null when there are none. `file` is the source with the ResourceList.
const Node* function_results(const Session& session, FileId file, Arena& arena);

}  // namespace isvcc
