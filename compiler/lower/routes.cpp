#include "lower/routes.h"

#include "kserve/names.h"

namespace isvcc {

Backends backends_of(const ServicePlan& plan) {
  return {plan.component(Role::Predictor), plan.component(Role::Transformer), plan.component(Role::Explainer)};
}

bool becomes_ready(const ComponentPlan* component, const Profile& profile) {
  if (!component || is_stopped(component->annotations)) return false;
  return !component->worker || profile.has(Feature::MultiNodeBecomesReady);
}

bool has_no_external_route(const ServicePlan& plan, const IngressConfig& config) {
  return label(plan.isvc, names::kKserveVisibility).text() == names::kClusterLocal || config.ingress_domain == "svc.cluster.local" ||
         config.disable_ingress_creation;
}

}  // namespace isvcc
