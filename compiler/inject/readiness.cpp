#include "inject/readiness.h"

#include <span>

#include "inject/pod_values.h"
#include "kserve/names.h"
#include "ops/go_json.h"

namespace isvcc {
namespace {

using Keys = std::initializer_list<std::string_view>;

// The fields of a map in the order of the Go struct's; go_json keeps it.
const Node* in_order(Make make, View value, Keys keys) {
  std::vector<Entry> entries;
  for (std::string_view key : keys) entries.push_back({key, value[key].node()});
  return value ? make.map(entries) : nullptr;
}

const Node* headers_in_order(Make make, View headers) {
  if (headers.size() == 0) return nullptr;
  std::vector<const Node*> items;
  for (const Node* header : headers.items()) items.push_back(in_order(make, header, {"name", "value"}));
  return make.list(items);
}

const Node* http_get_in_order(Make make, View http_get) {
  if (!http_get) return nullptr;
  const View rest = make.with(http_get, "httpHeaders", headers_in_order(make, http_get["httpHeaders"]));
  return in_order(make, rest, {"path", "port", "host", "scheme", "httpHeaders"});
}

// corev1.Probe as encoding/json writes it.
std::string probe_json(Make make, View probe) {
  MapBuilder ordered(make, probe);
  ordered.set("httpGet", http_get_in_order(make, probe["httpGet"]));
  ordered.set("tcpSocket", in_order(make, probe["tcpSocket"], {"port", "host"}));
  ordered.set("grpc", in_order(make, probe["grpc"], {"port", "service"}));
  return go_json(in_order(make, ordered.build(),
                          {"exec", "httpGet", "tcpSocket", "grpc", "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold",
                           "failureThreshold", "terminationGracePeriodSeconds"}));
}

// The probe of the container that requests reach first: the last transformer container, else the pod's first container.
View server_probe(const PodEdit& pod) {
  View probe = pod.containers.empty() ? View() : pod.containers.front().get("readinessProbe");
  for (const ContainerEdit& container : pod.containers)
    if (container.name() == names::kTransformerContainer) probe = container.get("readinessProbe").node();
  return probe;
}

AgentReadiness with_server_probe(const PodEdit& pod, Make make) {
  AgentReadiness out;
  const View probe = server_probe(pod);
  if (!probe["httpGet"] && !probe["tcpSocket"]) return out;
  out.env.push_back(env_value(make, "SERVING_READINESS_PROBE", probe_json(make, probe)));
  if (const std::string_view path = probe["httpGet"]["path"].text(); !path.empty()) out.probe_path = path;
  return out;
}

constexpr std::string_view kUserPort = "USER_PORT";

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
  return with_server_probe(pod.spec, make);
}

}  // namespace isvcc
