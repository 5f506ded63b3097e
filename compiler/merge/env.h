#pragma once
// Adding one environment variable to the containers of a pod.
#include <vector>

#include "tree/make.h"

namespace isvcc {

// In every container of that name: sets `value` of the first entry with the variable's name, keeping a valueFrom, else appends one.
// False when no container has the name (AddEnvVarToPodSpec).
bool add_env(std::vector<const Node*>& containers, std::string_view container_name, std::string_view name, std::string_view value, Make make);

}  // namespace isvcc
