// Standard mode: one component after the other, checked and built in upstream's order (raw_kube_reconciler.go, KServe v0.20.0).
#include "lower/standard.h"

#include "base/text.h"
#include "kserve/names.h"
#include "lower/gpu.h"
#include "lower/host.h"
#include "lower/leader_worker_set.h"

namespace isvcc {
namespace {

std::string_view current_mode_name(std::string_view mode) {
  if (mode.empty() || mode == "RawDeployment") return "Standard";
  return mode == "Serverless" ? "Knative" : mode;
}

// The mode is read once more, from the component's own annotations: runtimes and components can have changed it.
std::string mode_error(const ComponentPlan& component, const Profile&, Arena&) {
  const std::string_view mode = current_mode_name(View(component.annotations)[names::kDeploymentMode].text());
  return mode == "Standard" ? "" : cat("unsupported deployment mode for workload: ", mode);
}

std::string collector_error(const ComponentPlan& component, const Profile& profile, Arena&) { return otel_collector_error(component, profile.config); }

std::string autoscaler_error(const ComponentPlan& component, const Profile& profile, Arena&) {
  const auto known = autoscaler_class(component.annotations);
  if (!known) return cat("unknown autoscaler class type: ", View(component.annotations)[names::kAutoscalerClass].text());
  return *known == AutoscalerClass::Keda ? scaled_object_error(component, profile.config) : "";
}

std::string ingress_error(const ComponentPlan&, const Profile& profile, Arena&) { return profile.config.ingress.error; }

// Even where no route will be made.
std::string host_error(const ComponentPlan& component, const Profile& profile, Arena& arena) {
  const HostSubject subject{component.namespace_, component.labels, component.annotations};
  const TemplateText host = generate_host(component.name, subject, profile.config.ingress.value, arena);
  return host.error.empty() ? "" : cat("failed creating host name: ", host.error);
}

// Both pods of a multi-node predictor get GPUs; their types may be named by an annotation.
std::string gpu_error(const ComponentPlan& component, const Profile& profile, Arena& arena) {
  if (!component.worker) return {};
  for (const Node* annotations : {component.annotations, component.worker->annotations}) {
    const GpuTypeOrder types = gpu_types(annotations, profile.config.gpu_resource_types, arena);
    if (!types.error.empty()) return cat("failed to create deployment reconciler: failed to create raw deployment: ", types.error);
  }
  return {};
}

using Check = std::string (*)(const ComponentPlan&, const Profile&, Arena&);
constexpr Check kBeforeStorage[] = {collector_error, autoscaler_error, ingress_error, host_error};
constexpr Check kAfterStorage[] = {mode_error, gpu_error};

template <size_t N>
std::string first_error(const Check (&checks)[N], const ComponentPlan& component, const Profile& profile, Arena& arena) {
  for (const Check check : checks)
    if (std::string error = check(component, profile, arena); !error.empty()) return error;
  return {};
}

const Node* deployment_reference(const ComponentPlan& c, Make make) {
  return make.map({{"apiVersion", make.borrowed("apps/v1")}, {"kind", make.borrowed("Deployment")}, {"name", make.borrowed(c.name)}});
}

// Canaries' autoscalers belong to nobody.
void lower_autoscaler(const ComponentPlan& c, const Workload& workload, Lowering& lowering) {
  const bool owned = c.role != Role::Canary;
  switch (*autoscaler_class(c.annotations)) {
    case AutoscalerClass::Hpa: return lowering.emit(make_hpa(c, workload, deployment_reference(c, lowering.make), lowering), owned);
    case AutoscalerClass::Keda:
      return lowering.emit(make_scaled_object(c, workload, lowering.make.map({{"name", lowering.make.borrowed(c.name)}}), lowering), owned);
    case AutoscalerClass::External:
    case AutoscalerClass::None: return;
  }
}

// Only the predictor's collector has an owner.
void lower_collector(const ComponentPlan& c, Lowering& lowering) {
  if (const Node* collector = make_otel_collector(c, lowering)) lowering.emit(collector, c.role == Role::Predictor);
}

void lower_head_and_workers(const ComponentPlan& c, Lowering& lowering) {
  const Workload head = make_workload(c, lowering), worker = make_worker_workload(c, lowering);
  lowering.emit(make_default_service(c, head, lowering));
  lowering.emit(make_head_service(c, lowering));
  lowering.emit(make_workers_service(c, lowering));
  lower_collector(c, lowering);
  lowering.emit(make_deployment(c, head, lowering));
  if (!is_stopped(c.worker->annotations)) lowering.emit(make_worker_deployment(c, worker, lowering));
  lower_autoscaler(c, head, lowering);
}

void lower_single(const ComponentPlan& c, Lowering& lowering) {
  const Workload workload = make_workload(c, lowering);
  lowering.emit(make_default_service(c, workload, lowering));
  lower_collector(c, lowering);
  lowering.emit(make_deployment(c, workload, lowering));
  lower_autoscaler(c, workload, lowering);
}

bool uses_leader_worker_set(const ComponentPlan& c, const Profile& profile) {
  return c.worker && profile.multi_node == MultiNode::LeaderWorkerSet && profile.render != Render::Objects;
}

}  // namespace

void add_component_gpus(ComponentPlan& component, const Profile& profile, Scratch& scratch) {
  const Make make = scratch.make(Pass::Lowering);
  const auto types = [&](const Node* annotations) { return gpu_types(annotations, profile.config.gpu_resource_types, scratch.arena).types; };
  WorkerPlan& worker = *component.worker;
  component.pod.spec = with_gpus(component.pod.spec, names::kKserveContainer, worker.head_gpus, types(component.annotations), make);
  worker.pod.spec = with_gpus(worker.pod.spec, names::kWorkerContainer, worker.worker_gpus, types(worker.annotations), make);
}

std::optional<AutoscalerClass> autoscaler_class(View annotations) {
  const View value = annotations[names::kAutoscalerClass];
  if (!value || value.text() == "hpa") return AutoscalerClass::Hpa;
  if (value.text() == "keda") return AutoscalerClass::Keda;
  if (value.text() == "external") return AutoscalerClass::External;
  return value.text() == "none" ? std::optional(AutoscalerClass::None) : std::nullopt;
}

std::string component_early_error(const ComponentPlan& component, const Profile& profile, Arena& arena) {
  return first_error(kBeforeStorage, component, profile, arena);
}

std::string component_build_error(const ComponentPlan& component, const Profile& profile, Arena& arena) {
  std::string error = component_early_error(component, profile, arena);
  return error.empty() ? first_error(kAfterStorage, component, profile, arena) : error;
}

// `<isvc>-<canary>-predictor` without what surrounds the canary's own name.
static std::string_view canary_name(const ComponentPlan& component, const Object& owner) {
  return component.name.substr(owner.name.size() + 1, component.name.size() - owner.name.size() - std::string_view("--predictor").size());
}

std::string build_failure_prefix(const ComponentPlan& component, const Object& owner) {
  if (component.role == Role::Canary)
    return cat("fails to reconcile canary deployments: fails to create canary reconciler for ", canary_name(component, owner), ": ");
  if (component.role == Role::GraphRouter)
    return "fails to reconcile inference graph raw deployment: fails to create NewRawKubeReconciler for inference graph: ";
  return cat("fails to create NewRawKubeReconciler for ", role_name(component.role), ": ");
}

std::string reconcile_failure_prefix(const ComponentPlan& component, const Object& owner) {
  if (component.role == Role::Canary)
    return cat("fails to reconcile canary deployments: fails to reconcile canary ", canary_name(component, owner), ": ");
  if (component.role == Role::GraphRouter) return "fails to reconcile inference graph raw deployment: fails to reconcile inference graph raw: ";
  return cat("fails to reconcile ", role_name(component.role), ": ");
}

std::optional<Failure> lower_standard_component(const ComponentPlan& component, Lowering& lowering) {
  const std::string error = component_build_error(component, lowering.profile, lowering.scratch.arena);
  if (auto failed = failure_of(build_failure_prefix(component, *lowering.owner), error, annotations(lowering.owner->view()))) return failed;
  if (is_stopped(component.annotations)) return std::nullopt;
  if (!component.worker) {
    lower_single(component, lowering);
    return std::nullopt;
  }
  if (uses_leader_worker_set(component, lowering.profile)) return lower_leader_worker_set(component, lowering);
  lower_head_and_workers(component, lowering);
  return std::nullopt;
}

}  // namespace isvcc
