#include "inject/readiness.h"

#include "inject/pod_values.h"
#include "kserve/names.h"
#include "ops/go_json.h"
#include "ops/go_order.h"

namespace isvcc {
namespace {

constexpr std::string_view kUserPort = "USER_PORT";

// The probe of the container that requests reach first: the last transformer container, else the pod's first container.
View server_probe(const PodEdit& pod) {
  View probe = pod.containers.empty() ? View() : pod.containers.front().get("readinessProbe");
  for (const ContainerEdit& container : pod.containers)
    if (container.name() == names::kTransformerContainer) probe = container.get("readinessProbe").node();
  return probe;
}

AgentReadiness with_server_probe(const PodMutation& pod, Make make) {
  AgentReadiness out;
  const View probe = server_probe(pod.spec);
  if (!probe["httpGet"] && !probe["tcpSocket"]) return out;
  const Node* ordered = in_go_order(probe, pod.context.profile.type("Probe"), make.arena());
  out.env.push_back(env_value(make, "SERVING_READINESS_PROBE", go_json(ordered)));
  if (const std::string_view path = probe["httpGet"]["path"].text(); !path.empty()) out.probe_path = path;
  return out;
}

// A queue-proxy that the template itself has: it now sends requests to the agent.
AgentReadiness with_queue_proxy(ContainerEdit& queue_proxy, Make make) {
  AgentReadiness out{queue_proxy.env, "/"};
  for (size_t i = 0; i < queue_proxy.env.size(); ++i)
    if (View(queue_proxy.env[i])["name"].text() == kUserPort) queue_proxy.set_env_value(make, i, "9081");
  return out;
}

}  // namespace

AgentReadiness agent_readiness(PodMutation& pod, Make make) {
  // Knative adds its queue-proxy behind the template's containers; of its env only the model server's port is known here.
  if (pod.knative) return {{env_value(make, kUserPort, "8080")}, "/"};
  if (ContainerEdit* queue_proxy = pod.spec.container(names::kQueueProxy)) return with_queue_proxy(*queue_proxy, make);
  return with_server_probe(pod, make);
}

}  // namespace isvcc
