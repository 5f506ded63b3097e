#pragma once
// How the agent, which stands before the model server, tells that the server is ready.
#include <string>
#include <vector>

#include "inject/context.h"

namespace isvcc {

struct AgentReadiness {
  std::vector<const Node*> env;  // of the agent
  std::string probe_path = "/";  // of its own readiness probe
};

// Standard mode: the server's probe as JSON in the agent's env. With Knative's queue-proxy: a copy of its env; the queue-proxy then talks
// to the agent instead of the server.
AgentReadiness agent_readiness(PodMutation& pod, Make make);

}  // namespace isvcc
