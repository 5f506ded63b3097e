#pragma once
// Environment variables that KServe lets nobody set (pkg/validation/env_policy.go). Knows no kind.
#include <optional>

#include "tree/node.h"

namespace isvcc {

struct BlockedEnv {
  std::string_view variable, container;  // "PYTHONPATH" and the container's name, which may be empty
  size_t container_index = 0, env_index = 0;
};

// The first one in a list of containers.
std::optional<BlockedEnv> find_blocked_env(View containers);
std::optional<BlockedEnv> find_blocked_env_in(View container);

}  // namespace isvcc
