#include "base/text.h"
#include "kserve/names.h"
#include "select/select.h"

namespace isvcc {

static std::optional<DeploymentMode> mode_of(std::string_view name) {
  if (name == "Standard") return DeploymentMode::Standard;
  if (name == "Knative") return DeploymentMode::Knative;
  if (name == "ModelMesh") return DeploymentMode::ModelMesh;
  return std::nullopt;
}

static std::string_view without_legacy_names(std::string_view mode) {
  if (mode == "RawDeployment") return "Standard";
  if (mode == "Serverless") return "Knative";
  return mode;
}

std::optional<Failure> select_mode(const Object& service, const Profile& profile, DeploymentMode& mode) {
  const Config& config = profile.config;
  const View asked = annotation(service.view(), names::kDeploymentMode);
  const bool visible = !is_disallowed(config.inference_service.value.annotation_disallowed, names::kDeploymentMode);
  if (const auto known = mode_of(without_legacy_names(asked.text())); known && visible) {
    mode = *known;
    return std::nullopt;
  }
  if (!config.deploy.ok()) return Failure{"", cat("fails to create DeployConfig: ", config.deploy.error), {}};
  mode = mode_of(config.deploy.value.default_mode).value_or(DeploymentMode::None);
  return std::nullopt;
}

}  // namespace isvcc
