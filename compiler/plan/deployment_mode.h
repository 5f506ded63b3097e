#pragma once
// The deployment mode of a service or graph, by KServe's rules alone: for those that have no plan.
#include <string_view>

#include "kserve/object.h"
#include "kserve/profile.h"

namespace isvcc {

// A known word in the annotation, else the configured default (GetDeploymentMode); "" when the configuration has none. `asked` is the
// annotation as KServe sees it. A status in a manifest does not count: the API server drops it.
std::string_view resolve_mode(View asked, const Profile& profile);

// The mode of a stored InferenceService: its annotation counts unless the configuration hides it.
std::string_view deployment_mode_of(const Object& service, const Profile& profile);

}  // namespace isvcc
