#include "plan/plan.h"

#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {

std::string_view mode_name(DeploymentMode mode) {
  static constexpr std::string_view kModes[] = {"Standard", "Knative", "ModelMesh", ""};
  return kModes[static_cast<size_t>(mode)];
}

std::string_view role_name(Role role) {
  static constexpr std::string_view kRoles[] = {"predictor", "predictor", "transformer", "explainer", "router"};
  return kRoles[static_cast<size_t>(role)];
}

const ComponentPlan* ServicePlan::component(Role role) const {
  for (const ComponentPlan& c : components)
    if (c.role == role) return &c;
  return nullptr;
}

bool is_stopped(View annotations) { return to_lower(annotations[names::kStop].text()) == "true"; }

std::string predictor_name(View isvc, std::string_view service_name) {
  const std::string_view own = isvc["spec"]["predictor"]["name"].text();
  return own.empty() ? cat(service_name, "-predictor") : cat(service_name, '-', own, "-predictor");
}

}  // namespace isvcc
