#pragma once
// A ClusterStorageContainer's container laid over the init container that KServe assembled.
#include <string>

#include "inject/context.h"

namespace isvcc {

// Returns the merge's error text. Mirrors MergeContainerWithPatch (v0.20.0) and mergeContainerSpecs before it.
std::string merge_storage_container(ContainerEdit& container, const Object& storage_container, const InjectContext& context);

}  // namespace isvcc
