#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "merge/context.h"
#include "merge/overlay.h"

namespace isvcc {

static int64_t replicas_of(View canary, View stable) {
  if (const auto own = canary["predictor"]["minReplicas"].integer()) return *own;
  const int64_t base = stable["minReplicas"].integer().value_or(1);
  const int64_t percent = canary["trafficPercent"].integer().value_or(0);
  return static_cast<int64_t>(std::ceil(static_cast<double>(base) * static_cast<double>(percent) / 100));
}

// buildCanaryPredictor: a copy of the stable predictor as it is in memory now, overlaid, without autoscaling.
static const Node* canary_predictor(const MergeContext& context, View canary, int64_t replicas) {
  const Make make = context.scratch.make(Pass::Canary);
  const Node* merged = overlay_struct(context.predictor(), canary["predictor"], context.profile.type("PredictorSpec"), context.scratch.arena);
  MapBuilder out(make, merged);
  for (std::string_view field : {"maxReplicas", "scaleTarget", "scaleMetric", "autoScaling"}) out.erase(field);
  out.set("minReplicas", make.integer(replicas));
  return out.build();
}

static std::optional<Failure> plan_canary(const MergeContext& context, View canary, ComponentPlan& component) {
  const Make make = context.scratch.make(Pass::Canary);
  const int64_t replicas = replicas_of(canary, context.predictor());
  MergeContext copy = context;
  copy.change("spec.predictor", canary_predictor(context, canary, replicas), Pass::Canary);
  component.role = Role::Canary;
  std::optional<RuntimeChoice> choice;
  if (auto failure = plan_predictor(copy, false, component, choice)) {
    failure->message = cat("fails to reconcile canary deployments: fails to build resources for canary ", canary["predictor"]["name"].text(), ": ", failure->message);
    return failure;
  }
  // Upstream hands over nothing but the replicas: logger, batcher, strategy and storageUris of the stable predictor do not reach a canary.
  component.extension = make.map({{"minReplicas", make.integer(replicas)}});
  component.storage_uris = {};
  component.storage_spec = {};
  component.storage_container_name = {};
  return std::nullopt;
}

// The stable predictor gives up the canaries' replicas when it states its own.
static void reduce_stable(const MergeContext& context, ComponentPlan& stable, View canaries) {
  const auto own = stable.extension["minReplicas"].integer();
  if (!own) return;
  int64_t taken = 0;
  for (const Node* canary : canaries.items()) taken += replicas_of(canary, context.predictor());
  const Make make = context.scratch.make(Pass::Canary);
  stable.extension = make.with(stable.extension, "minReplicas", make.integer(std::max<int64_t>(1, *own - taken)));
}

std::optional<Failure> plan_canaries(MergeContext& context, ServicePlan& plan) {
  const View canaries = View(context.isvc)["spec"]["canary"];
  if (canaries.size() == 0 || plan.mode != DeploymentMode::Standard || !context.profile.has(Feature::CanaryPredictors)) return std::nullopt;
  reduce_stable(context, plan.components.back(), canaries);
  for (const Node* canary : canaries.items()) {
    ComponentPlan component;
    if (auto failure = plan_canary(context, canary, component)) return failure;
    plan.components.push_back(component);
  }
  return std::nullopt;
}

}  // namespace isvcc
