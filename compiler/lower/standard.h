#pragma once
// Standard mode, one component at a time: the shared metadata of its objects and the builders of each object. Internal to lower/.
// Every builder mirrors one reconciler of reconcilers/ (KServe v0.20.0) and returns the object without owner or status.
#include "lower/lowering.h"

namespace isvcc {

// What a Deployment is made of: a head, a worker or any other component.
struct Workload {
  std::string_view app;                      // value of label `app` and of the selector
  const Node* metadata = nullptr;            // of the Deployment and of every other object of the component
  const Node* template_metadata = nullptr;   // with name and namespace, as upstream
  const Node* pod_spec = nullptr;
};

Workload make_workload(const ComponentPlan& component, const Lowering& lowering);
Workload make_worker_workload(const ComponentPlan& component, const Lowering& lowering);

// Labels with `app` on top (a user's own `app` is overridden).
const Node* with_app(Make make, View labels, std::string_view app);

// The checks KServe makes while it builds the reconcilers of a component: those before its storageUris, and all. Empty when they pass.
std::string component_early_error(const ComponentPlan& component, const Profile& profile, Arena& arena);
std::string component_build_error(const ComponentPlan& component, const Profile& profile, Arena& arena);
// How KServe's message begins when a component cannot be built, and when its objects cannot be created.
std::string build_failure_prefix(const ComponentPlan& component, const Object& owner);
std::string reconcile_failure_prefix(const ComponentPlan& component, const Object& owner);

// Everything of one component, in the order KServe applies it.
std::optional<Failure> lower_standard_component(const ComponentPlan& component, Lowering& lowering);

// createRawDefaultDeployment, createRawWorkerDeployment
const Node* make_deployment(const ComponentPlan& component, const Workload& workload, const Lowering& lowering);
const Node* make_worker_deployment(const ComponentPlan& component, const Workload& workload, const Lowering& lowering);

// createDefaultSvc, createHeadlessSvc, createWorkerHeadlessSvc. `extra` is one more entry of the selector.
const Node* default_service_ports(const ComponentPlan& component, Make make);
const Node* make_default_service(const ComponentPlan& component, const Workload& workload, const Lowering& lowering, Entry extra = {});
const Node* make_head_service(const ComponentPlan& component, const Lowering& lowering);
const Node* make_workers_service(const ComponentPlan& component, const Lowering& lowering);

enum class AutoscalerClass { Hpa, Keda, External, None };
// By annotation serving.kserve.io/autoscalerClass; nothing for a class KServe does not know.
std::optional<AutoscalerClass> autoscaler_class(View annotations);

// createHPA, createKedaScaledObject. `target` is scaleTargetRef.
const Node* make_hpa(const ComponentPlan& component, const Workload& workload, const Node* target, const Lowering& lowering);
const Node* make_scaled_object(const ComponentPlan& component, const Workload& workload, const Node* target, const Lowering& lowering);
// KServe's error about the configuration a ScaledObject needs, empty when it is usable.
std::string scaled_object_error(const ComponentPlan& component, const Config& config);

// createOtelCollector; null when the component scales by no OpenTelemetry pod metric.
const Node* make_otel_collector(const ComponentPlan& component, const Lowering& lowering);
std::string otel_collector_error(const ComponentPlan& component, const Config& config);

}  // namespace isvcc
