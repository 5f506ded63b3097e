#include "plan/deployment_mode.h"

#include "kserve/names.h"

namespace isvcc {

static std::string_view current_name(std::string_view mode) {
  if (mode == "RawDeployment") return "Standard";
  return mode == "Serverless" ? "Knative" : mode;
}

static bool is_known(std::string_view mode) { return mode == "Standard" || mode == "Knative" || mode == "ModelMesh"; }

std::string_view resolve_mode(View asked, const Profile& profile) {
  const std::string_view mode = current_name(asked.text());
  return is_known(mode) ? mode : std::string_view(profile.config.deploy.value.default_mode);
}

std::string_view deployment_mode_of(const Object& service, const Profile& profile) {
  const bool hidden = is_disallowed(profile.config.inference_service.value.annotation_disallowed, names::kDeploymentMode);
  const View asked = hidden ? View() : annotation(service.view(), names::kDeploymentMode);
  return resolve_mode(asked, profile);
}

}  // namespace isvcc
