// A service from its plan to its objects, in the order of KServe's controller (inferenceservice/controller.go, v0.20.0).
#include "lower/lower.h"

#include "base/text.h"
#include "kserve/names.h"
#include "lower/host.h"
#include "lower/knative.h"
#include "lower/missing_kinds.h"
#include "lower/routes.h"
#include "lower/shared_objects.h"
#include "lower/standard.h"
#include "ops/go_text.h"

namespace isvcc {

// Knative's Service kind goes by either name in the list of what is not installed.
static bool has_knative(const Profile& profile) { return profile.installed("KnativeService") && profile.installed("Service"); }

View zero_initial_scale(const Repository& repository) {
  const Object* autoscaler = repository.find("ConfigMap", "knative-serving", "config-autoscaler");
  return autoscaler ? autoscaler->view()["data"][names::kAllowZeroInitialScale] : View();
}

std::optional<Failure> check_knative_config(const Repository& repository) {
  const View allowed = zero_initial_scale(repository);
  if (!allowed || parse_go_bool(allowed.text())) return std::nullopt;
  return failure(cat("failed to retrieve the knative autoscaler configuration: strconv.ParseBool: parsing ", go_quote(allowed.text()), ": invalid syntax"));
}

static bool is_left_alone(const Object& service, DeploymentMode mode) {
  return mode == DeploymentMode::ModelMesh && !service.view()["spec"]["transformer"];
}

std::optional<Failure> check_service(const Object& service, DeploymentMode mode, const Repository& repository, const Profile& profile) {
  if (is_left_alone(service, mode)) return std::nullopt;
  if (const auto& config = profile.config.storage_initializer; config.panics && profile.has(Feature::OciModes)) return failure(config.message());
  if (mode == DeploymentMode::Knative && !has_knative(profile))
    return failure(cat("terminal error: the resolved deployment mode of InferenceService '", service.name, "' is Knative, but Knative Serving is not available"));
  if (mode == DeploymentMode::Knative)
    if (auto failed = check_knative_config(repository)) return failed;
  return check_ca_bundle(repository, profile);
}

void lower_shared_objects(const Object& service, DeploymentMode mode, const Repository& repository, const Profile& profile, Scratch& scratch,
                          std::vector<Rendered>& out) {
  if (is_left_alone(service, mode)) return;
  Lowering lowering{repository, profile, scratch, &service, out};
  lower_ca_bundle(service.namespace_, lowering);
}

// Canaries are built without a storage initializer.
static std::string storage_initializer_error(const ComponentPlan& component, const Profile& profile) {
  const auto& config = profile.config.storage_initializer;
  if (component.role == Role::Canary) return {};
  if (const std::string& credentials = profile.config.credentials.error; config.ok()) return credentials.empty() ? "" : recovered_panic(credentials);
  return config.panics ? config.message() : cat("failed to get StorageInitializer config: ", config.error);
}

std::optional<Failure> check_component(const ServicePlan& plan, const ComponentPlan& component, const Profile& profile, Scratch& scratch) {
  if (std::string error = storage_initializer_error(component, profile); !error.empty()) return failure(std::move(error));
  if (plan.mode != DeploymentMode::Standard) return std::nullopt;
  const std::string error = component_early_error(component, profile, scratch.arena);
  return failure_of(build_failure_prefix(component, *plan.service), error, annotations(plan.service->view()));
}

static std::optional<Failure> lower_component(const ServicePlan& plan, const ComponentPlan& component, Lowering& lowering) {
  if (std::string error = storage_initializer_error(component, lowering.profile); !error.empty()) return failure(std::move(error));
  if (plan.mode != DeploymentMode::Standard) {
    lower_knative_component(component, lowering);
    return std::nullopt;
  }
  const size_t before = lowering.out.size();
  if (auto failed = lower_standard_component(component, lowering)) return failed;
  return failure_of(reconcile_failure_prefix(component, *plan.service), missing_kind_error(lowering.made_since(before), lowering.profile));
}

// The service's own address is made even when nothing outside reaches it. It needs the Service that the address leads to, which a
// stopped component has not.
static std::optional<Failure> check_address(const ServicePlan& plan, const Lowering& lowering) {
  static constexpr std::string_view kFailure = "fails to reconcile ingress: ";
  const HostSubject subject{plan.namespace_(), labels(plan.isvc), annotations(plan.isvc)};
  const TemplateText host = generate_host(plan.name(), subject, lowering.ingress(), lowering.scratch.arena);
  if (auto failed = failure_of(kFailure, host.error)) return failed;
  const ComponentPlan* entry = backends_of(plan).entry();
  if (!entry || !is_stopped(entry->annotations)) return std::nullopt;
  return failure(cat(kFailure, "failed to get entry point service ", entry->name, ": services ", go_quote(entry->name), " not found"), entry->annotations);
}

static std::optional<Failure> lower_standard_routes(const ServicePlan& plan, Lowering& lowering) {
  const IngressConfig& config = lowering.ingress();
  const bool internal = has_no_external_route(plan, config);
  if (internal && config.enable_gateway_api) return check_address(plan, lowering);
  if (plan.stopped) return std::nullopt;
  if (internal) return check_address(plan, lowering);
  if (!config.enable_gateway_api) return lower_ingress(plan, lowering);
  const size_t before = lowering.out.size();
  if (auto failed = lower_http_routes(plan, lowering)) return failed;
  return failure_of("fails to reconcile ingress: ", missing_kind_error(lowering.made_since(before), lowering.profile));
}

static std::optional<Failure> lower_knative_routes(const ServicePlan& plan, Lowering& lowering) {
  if (auto failed = failure_of("fails to create IngressConfig: ", lowering.config().ingress.error)) return failed;
  if (plan.mode == DeploymentMode::None) return failure("failed to create ingress reconciler: unsupported deployment mode for ingress: ");
  if (plan.stopped || lowering.ingress().disable_istio_virtual_host) return std::nullopt;
  lower_virtual_service(plan, lowering);
  lower_external_name_service(plan, lowering);
  return std::nullopt;
}

std::optional<Failure> lower_service(const ServicePlan& plan, const Repository& repository, const Profile& profile, Scratch& scratch,
                                     std::vector<Rendered>& out) {
  if (is_left_to_model_mesh(plan)) return std::nullopt;
  if (auto failed = check_service(*plan.service, plan.mode, repository, profile)) return failed;
  Lowering lowering{repository, profile, scratch, plan.service, out};
  for (const ComponentPlan& component : plan.components)
    if (auto failed = lower_component(plan, component, lowering)) return failed;
  if (!plan.complete) return std::nullopt;
  return plan.mode == DeploymentMode::Standard ? lower_standard_routes(plan, lowering) : lower_knative_routes(plan, lowering);
}

}  // namespace isvcc
