#include "merge/merge.h"

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "merge/context.h"
#include "ops/schema_ops.h"

namespace isvcc {

// Knative refuses an initial scale that is no integer, and 0 unless its autoscaler allows it: KServe drops such an annotation from the service.
static void drop_bad_initial_scale(MergeContext& context) {
  const View given = context.metadata()["annotations"][names::kInitialScale];
  if (!given) return;
  const auto scale = parse_int(starts_with(given.text(), "+") ? given.text().substr(1) : given.text());
  if (scale && (*scale != 0 || context.profile.allow_zero_initial_scale)) return;
  const Make make = context.scratch.make(Pass::Component);
  const Node* rest = make.without(context.metadata()["annotations"], names::kInitialScale);
  context.isvc = make.with(context.isvc, "metadata", make.with(context.metadata(), "annotations", rest));
}

static std::optional<Failure> plan_stable_predictor(MergeContext& context, ServicePlan& plan) {
  plan.multi_model = is_multi_model(context.predictor());
  ComponentPlan component;
  if (auto failure = plan_predictor(context, static_cast<bool>(context.predictor()["workerSpec"]), component, plan.runtime)) return failure;
  plan.components.push_back(component);
  return plan_canaries(context, plan);
}

static std::optional<Failure> plan_components(MergeContext& context, ServicePlan& plan) {
  if (plan.mode != DeploymentMode::ModelMesh)
    if (auto failure = plan_stable_predictor(context, plan)) return failure;
  if (View(context.isvc)["spec"]["transformer"])
    if (auto failure = plan_transformer(context, plan)) return failure;
  if (plan.complete && View(context.isvc)["spec"]["explainer"])
    if (auto failure = plan_explainer(context, plan)) return failure;
  return std::nullopt;
}

static void set_pod_metadata(ServicePlan& plan) {
  for (ComponentPlan& c : plan.components) {
    c.pod.labels = c.labels;
    c.pod.annotations = c.annotations;
    if (!c.worker) continue;
    c.worker->pod.labels = c.worker->labels;
    c.worker->pod.annotations = c.worker->annotations;
  }
}

std::optional<Failure> merge_service(const Object& service, const RuntimeIndex& index, const Repository& repository, const Profile& profile,
                                     Scratch& scratch, ServicePlan& plan) {
  MergeContext context{service, index, repository, profile, scratch};
  plan.service = &service;
  plan.stopped = is_stopped(annotations(service.view()));
  if (auto failure = select_mode(service, profile, plan.mode)) return failure;
  const Schema* schema = profile.schemas->kind(service.api_version, service.kind);
  context.isvc = schema ? reencode(service.view(), *schema, ZeroValues::Drop, scratch) : service.node;
  if (!context.isvc) return Failure{"", "the stored object cannot be read", service.view()};
  plan.isvc = context.isvc;
  if (plan.mode == DeploymentMode::ModelMesh && !View(context.isvc)["spec"]["transformer"]) return std::nullopt;
  if (plan.mode == DeploymentMode::Knative) drop_bad_initial_scale(context);
  std::optional<Failure> failure = plan_components(context, plan);
  plan.isvc = context.isvc;
  plan.complete = plan.complete && !failure;
  set_pod_metadata(plan);
  return failure;
}

}  // namespace isvcc
