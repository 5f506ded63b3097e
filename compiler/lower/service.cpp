// Services of Standard mode (reconcilers/service, KServe v0.20.0).
#include "base/text.h"
#include "kserve/names.h"
#include "lower/standard.h"

namespace isvcc {
namespace {

constexpr ObjectKind kService{"v1", "Service"};
constexpr int64_t kServicePort = 80, kModelPort = 8080, kAgentPort = 9081;

// The transformer in front of a collocated model, else the first container.
View serving_container(View pod_spec) {
  const View transformer = pod_spec["containers"].named("name", names::kTransformerContainer);
  return transformer ? transformer : pod_spec["containers"].item(0);
}

bool is_grpc(std::string_view port_name) { return contains(port_name, "grpc") || contains(port_name, "h2c"); }

// Only the first port is behind port 80, and only there a missing protocol stays missing.
const Node* make_port(View container_port, bool first, const Node* target, Make make) {
  const View name = container_port["name"], protocol = container_port["protocol"];
  const bool has_protocol = !protocol.text().empty();
  return make.map({{"name", name.text().empty() ? nullptr : name.node()},
                   {"port", first ? make.integer(kServicePort) : container_port["containerPort"].node()},
                   {"targetPort", target ? target : container_port["containerPort"].node()},
                   {"protocol", has_protocol ? protocol.node() : first ? nullptr : make.borrowed("TCP")},
                   {"appProtocol", is_grpc(name.text()) ? make.borrowed("kubernetes.io/h2c") : nullptr}});
}

const Node* unnamed_container_port(const ComponentPlan& component, const Node* target, Make make) {
  return make.map({{"name", make.borrowed(component.name)},
                   {"port", make.integer(kServicePort)},
                   {"targetPort", target ? target : make.integer(kModelPort)},
                   {"protocol", make.borrowed("TCP")}});
}

// The agent stands before the model when it logs or batches.
bool behind_agent(View extension) { return extension["logger"] || extension["batcher"]; }

const Node* make_headless_service(const ComponentPlan& c, std::string_view suffix, std::string_view role, std::string_view app,
                                  const Lowering& lowering) {
  const Make& make = lowering.make;
  const View generation = View(c.labels)[names::kGeneration];
  const std::string_view base = ends_with(c.name, "-predictor") ? c.name.substr(0, c.name.size() - 10) : c.name;
  MapBuilder labels(make, c.labels);
  labels.set(names::kApp, make.text(cat("isvc.", c.name))).set(names::kMultiNodeRole, make.borrowed(role));
  const Node* metadata =
      make_metadata(make, c.namespace_, lowering.keep(cat(base, suffix, generation.text())), labels.build(), c.annotations);
  const Node* selector = make.map({{names::kApp, make.text(app)}, {names::kGeneration, generation.node()}});
  return make_object(make, kService, metadata,
                     make.map({{"clusterIP", make.borrowed("None")}, {"publishNotReadyAddresses", make.boolean(true)}, {"selector", selector}}));
}

}  // namespace

const Node* default_service_ports(const ComponentPlan& component, Make make) {
  const View ports = serving_container(component.pod.spec)["ports"];
  const Node* agent = behind_agent(component.extension) ? make.integer(kAgentPort) : nullptr;
  if (ports.items().empty()) return make.list({unnamed_container_port(component, agent, make)});
  std::vector<const Node*> out{make_port(ports.item(0), true, agent, make)};
  for (size_t i = 1; i < ports.size(); ++i) out.push_back(make_port(ports.item(i), false, nullptr, make));
  return make.list(out);
}

const Node* make_default_service(const ComponentPlan& component, const Workload& workload, const Lowering& lowering, Entry extra) {
  const Make& make = lowering.make;
  const Node* selector = make.map({{names::kApp, make.borrowed(workload.app)}, extra});
  const Node* spec = make.map({{"selector", selector},
                               {"ports", default_service_ports(component, make)},
                               {"clusterIP", lowering.config().service_cluster_ip_none ? make.borrowed("None") : nullptr}});
  return make_object(make, kService, workload.metadata, spec);
}

const Node* make_head_service(const ComponentPlan& c, const Lowering& lowering) {
  return make_headless_service(c, "-head-", "head", cat("isvc.", c.name), lowering);
}

const Node* make_workers_service(const ComponentPlan& c, const Lowering& lowering) {
  return make_headless_service(c, "-workers-", "worker", cat("isvc.", c.name, "-worker"), lowering);
}

}  // namespace isvcc
