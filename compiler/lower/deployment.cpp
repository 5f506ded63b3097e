// Deployments of Standard mode (reconcilers/deployment, KServe v0.20.0).
#include "base/text.h"
#include "kserve/names.h"
#include "lower/standard.h"

namespace isvcc {
namespace {

constexpr ObjectKind kDeployment{"apps/v1", "Deployment"};

const Node* rolling_update(Make make, std::string_view max_surge, std::string_view max_unavailable) {
  return make.map({{"maxSurge", make.text(max_surge)}, {"maxUnavailable", make.text(max_unavailable)}});
}

// Values of the configuration stay texts, even "1". They count only where the cluster's default mode is Standard.
const Node* default_strategy(Make make, const DeployConfig& config) {
  const bool configured = config.default_mode == "Standard" && config.has_rollout;
  const auto value = [&](const std::string& text) { return configured && !text.empty() ? std::string_view(text) : std::string_view("25%"); };
  return make.map({{"type", make.borrowed("RollingUpdate")}, {"rollingUpdate", rolling_update(make, value(config.max_surge), value(config.max_unavailable))}});
}

const Node* strategy_of(const ComponentPlan& component, const Lowering& lowering) {
  const View own = component.extension["deploymentStrategy"];
  return own ? own.node() : default_strategy(lowering.make, lowering.config().deploy.value);
}

// Old pods of a worker stay until the new ones are ready, whatever the service or the configuration asks for.
const Node* worker_strategy_of(const ComponentPlan& component, const Lowering& lowering) {
  const Node* strategy = strategy_of(component, lowering);
  if (View(strategy)["type"].text() != "RollingUpdate") return strategy;
  return lowering.make.with(strategy, "rollingUpdate", rolling_update(lowering.make, "100%", "0%"));
}

// With a strategy of its own a component gets neither of the two limits.
const Node* limit_of(const ComponentPlan& component, Make make, int64_t value) {
  return component.extension["deploymentStrategy"] ? nullptr : make.integer(value);
}

const Node* make_spec(const ComponentPlan& component, const Workload& workload, const Node* strategy, const Node* replicas, Make make) {
  return make.map({{"replicas", replicas},
                   {"selector", make.map({{"matchLabels", make.map({{names::kApp, make.borrowed(workload.app)}})}})},
                   {"strategy", strategy},
                   {"revisionHistoryLimit", limit_of(component, make, 10)},
                   {"progressDeadlineSeconds", limit_of(component, make, 600)},
                   {"template", make.map({{"metadata", workload.template_metadata}, {"spec", workload.pod_spec}})}});
}

// Every class but `none` leaves the number of replicas to an autoscaler.
const Node* replicas_of(const ComponentPlan& component) {
  const bool fixed = View(component.annotations)[names::kAutoscalerClass].text() == "none";
  return fixed ? component.extension["minReplicas"].node() : nullptr;
}

}  // namespace

const Node* with_app(Make make, View labels, std::string_view app) { return make.with(labels, names::kApp, make.borrowed(app)); }

// The pod webhook may have changed the labels and annotations of the template alone; upstream's template also carries name and namespace.
static const Node* template_metadata(const PodTemplate& pod, const Node* labels, const Node* annotations, const Workload& workload,
                                     std::string_view namespace_, std::string_view name, Make make) {
  const bool same_labels = !pod.labels || pod.labels == labels;
  const bool same_annotations = !pod.annotations || pod.annotations == annotations;
  if (same_labels && same_annotations) return workload.metadata;
  const Node* own_labels = same_labels ? View(workload.metadata)["labels"].node() : with_app(make, pod.labels, workload.app);
  return make_metadata(make, namespace_, name, own_labels, same_annotations ? annotations : pod.annotations);
}

static Workload make_workload(const PodTemplate& pod, const Node* labels, const Node* annotations, std::string_view namespace_,
                              std::string_view name, std::string_view app, Make make) {
  Workload out;
  out.app = app;
  out.metadata = make_metadata(make, namespace_, name, with_app(make, labels, app), annotations);
  out.template_metadata = template_metadata(pod, labels, annotations, out, namespace_, name, make);
  out.pod_spec = pod.spec;
  return out;
}

Workload make_workload(const ComponentPlan& c, const Lowering& lowering) {
  return make_workload(c.pod, c.labels, c.annotations, c.namespace_, c.name, lowering.keep(cat("isvc.", c.name)), lowering.make);
}

Workload make_worker_workload(const ComponentPlan& c, const Lowering& lowering) {
  const WorkerPlan& w = *c.worker;
  return make_workload(w.pod, w.labels, w.annotations, c.namespace_, w.name, lowering.keep(cat("isvc.", c.name, "-worker")), lowering.make);
}

const Node* make_deployment(const ComponentPlan& component, const Workload& workload, const Lowering& lowering) {
  const Make& make = lowering.make;
  const Node* spec = make_spec(component, workload, strategy_of(component, lowering), replicas_of(component), make);
  return make_object(make, kDeployment, workload.metadata, spec);
}

const Node* make_worker_deployment(const ComponentPlan& component, const Workload& workload, const Lowering& lowering) {
  const Make& make = lowering.make;
  const Node* replicas = make.integer(component.worker->node_count - 1);
  return make_object(make, kDeployment, workload.metadata, make_spec(component, workload, worker_strategy_of(component, lowering), replicas, make));
}

}  // namespace isvcc
