#include "admit/blocked_env.h"

namespace isvcc {

std::optional<BlockedEnv> find_blocked_env_in(View container) {
  const View env = container["env"];
  for (size_t i = 0; i < env.items().size(); ++i)
    if (env.item(i)["name"].text() == "PYTHONPATH") return BlockedEnv{"PYTHONPATH", container["name"].text(), 0, i};
  return std::nullopt;
}

std::optional<BlockedEnv> find_blocked_env(View containers) {
  for (size_t i = 0; i < containers.items().size(); ++i)
    if (auto found = find_blocked_env_in(containers.item(i))) {
      found->container_index = i;
      return found;
    }
  return std::nullopt;
}

}  // namespace isvcc
