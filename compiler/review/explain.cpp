#include "review/explain.h"

#include "base/text.h"
#include "kserve/names.h"
#include "review/explain_parts.h"

namespace isvcc {
namespace {

std::string_view mode_reason(const Object& service, const Profile& profile) {
  if (!View(service.written).at("status.deploymentMode").text().empty()) return "status.deploymentMode";
  const View asked = annotation(service.view(), names::kDeploymentMode);
  if (!annotation(View(service.written), names::kDeploymentMode)) return "the configured default";
  if (is_disallowed(profile.config.inference_service.value.annotation_disallowed, names::kDeploymentMode)) return "the configured default: the configuration hides the annotation";
  const std::string_view mode = asked.text();
  const bool known = mode == "Standard" || mode == "Knative" || mode == "ModelMesh" || mode == "RawDeployment" || mode == "Serverless";
  return known ? "annotation serving.kserve.io/deploymentMode" : "the configured default: the annotation is no mode";
}

std::string question_of(View predictor) {
  const View model = predictor["model"], format = model["modelFormat"];
  std::string out = cat("format ", printable(format["name"].text()), ", ", format["version"] ? cat("version ", printable(format["version"].text())) : std::string("any version"));
  if (model["protocolVersion"]) out += cat(", protocol ", printable(model["protocolVersion"].text()));
  else out += model["runtime"] ? ", any protocol" : ", protocol v1 (names none)";
  return out + (predictor["workerSpec"] ? ", multi-node" : ", one node");
}

}  // namespace

Explanation explain_service(const ServiceFacts& service, const Facts& facts) {
  Explanation out;
  out.service = &service;
  if (!service.plan) return out;
  out.mode = mode_name(service.plan->mode);
  out.mode_reason = mode_reason(*service.service, facts.profile);
  const View predictor = service.service->view().at("spec.predictor");
  if (!predictor["model"] || service.plan->mode == DeploymentMode::ModelMesh) return out;
  out.choice = predictor["model"]["runtime"] ? Choice::Named : Choice::Automatic;
  out.runtime = runtime_of(service);
  out.question = question_of(predictor);
  out.candidates = runtime_candidates(predictor, service.service->namespace_, static_cast<bool>(predictor["workerSpec"]), facts.runtimes);
  out.fragile = weak_points(out, facts);
  out.changes = what_ifs(out, facts);
  return out;
}

}  // namespace isvcc
