#pragma once
// What brings traffic to a service: one builder per mode and configuration. Internal to lower/.
#include "lower/lowering.h"

namespace isvcc {

// The components a route can lead to. Null: the service has none of this kind.
struct Backends {
  const ComponentPlan* predictor = nullptr;
  const ComponentPlan* transformer = nullptr;
  const ComponentPlan* explainer = nullptr;

  // Where requests for predictions enter.
  const ComponentPlan* entry() const { return transformer ? transformer : predictor; }
};
Backends backends_of(const ServicePlan& plan);

// True when a component of Standard mode becomes ready in a cluster: upstream makes a route only then.
bool becomes_ready(const ComponentPlan* component, const Profile& profile);

// True for a Standard service that stays inside the cluster or whose cluster has ingress creation switched off.
bool has_no_external_route(const ServicePlan& plan, const IngressConfig& config);

// One Kubernetes Ingress (createRawIngress).
std::optional<Failure> lower_ingress(const ServicePlan& plan, Lowering& lowering);
// Gateway API: a route per component and one for the service (reconcilers/ingress/httproute_reconciler.go).
std::optional<Failure> lower_http_routes(const ServicePlan& plan, Lowering& lowering);

// Istio (createIngress, reconcileExternalService).
void lower_virtual_service(const ServicePlan& plan, Lowering& lowering);
void lower_external_name_service(const ServicePlan& plan, Lowering& lowering);

}  // namespace isvcc
