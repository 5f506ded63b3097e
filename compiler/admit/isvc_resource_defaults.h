#pragma once
// The ConfigMap's default requests and limits of a container (setResourceRequirementDefaults).
#include <string>

#include "diag/scratch.h"
#include "kserve/config.h"

namespace isvcc {

// The container with each default it does not set itself; requests and limits are filled independently of each other.
// Null and `error` set to KServe's panic text when the ConfigMap has a text that is no quantity.
const Node* with_resource_defaults(View container, const ResourceTexts& defaults, Scratch& scratch, std::string& error);

}  // namespace isvcc
