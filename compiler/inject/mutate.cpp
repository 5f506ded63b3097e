#include "base/text.h"
#include "inject/inject.h"
#include "inject/model_uri.h"
#include "inject/passes.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

// In the order of Mutator.mutate; the first error refuses the pod.
constexpr std::string (*kPasses[])(PodMutation&) = {
    inject_accelerator_selector, inject_storage_initializer, set_initializer_uid, inject_agent, inject_metrics, inject_oci_model};

// Every pod fails with a part of the configuration that does not parse, needed or not. In the order KServe parses them.
std::string config_error(const Profile& profile) {
  const Config& config = profile.config;
  for (std::string error : {config.credentials.message(), config.storage_initializer.message(), config.logger.message(),
                            config.batcher.message(), config.agent.message(), config.metrics_aggregator.message()})
    if (!error.empty()) return error;
  return {};
}

// The webhook's own selectors: pods of InferenceServices, and no namespace of the control plane.
bool is_selected(const PodTemplate& pod, const PodContext& context, const Repository& repository, Scratch& scratch) {
  if (!View(pod.labels)[names::kInferenceService]) return false;
  const Object* home = repository.find("Namespace", "", context.namespace_);
  const View excluded = home ? labels(home->view())["control-plane"] : View();
  if (excluded)
    scratch.diags.report(
        Code::WebhookSkipsNamespace, Stage::Render, excluded,
        cat("namespace ", quote(context.namespace_), " has a label control-plane, so KServe injects nothing into its pods"));
  return !excluded;
}

}  // namespace

std::string mutate_pod(PodTemplate& pod, const PodContext& context, const Repository& repository, const Profile& profile,
                       Scratch& scratch) {
  if (!is_selected(pod, context, repository, scratch)) return {};
  if (std::string error = config_error(profile); !error.empty()) return error;
  PodMutation mutation{PodEdit(pod.spec, scratch.make(Pass::Unknown)),
                       pod.labels,
                       context.isvc,
                       context.knative,
                       {context.namespace_, pod.annotations, repository, profile, scratch}};
  for (auto* pass : kPasses)
    if (std::string error = pass(mutation); !error.empty()) return error;
  pod.spec = mutation.spec.build();
  pod.annotations = mutation.context.annotations.node();
  return {};
}

}  // namespace isvcc
