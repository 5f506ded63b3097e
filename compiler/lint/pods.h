#pragma once
// Walking the pods of rendered objects.
#include <functional>

#include "finish/finish.h"

namespace isvcc {

// The pod spec inside a workload (Deployment, Knative Service), absent for other kinds.
View pod_spec_of(const Manifest& manifest);

// Containers and init containers.
void for_each_container(View pod_spec, const std::function<void(View container)>& visit);

}  // namespace isvcc
