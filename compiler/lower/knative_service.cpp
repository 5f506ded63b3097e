// Knative Service of one component (reconcilers/knative/ksvc_reconciler.go and v1alpha1/utils, KServe v0.20.0).
#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "lower/knative.h"

namespace isvcc {
namespace {

constexpr std::string_view kMoved[] = {"serving.knative.dev/rollout-duration", kEnablePassthrough};

const Node* traffic_to_latest(const Node* percent, bool tagged, Make make) {
  return make.map({{"latestRevision", make.boolean(true)}, {"percent", percent}, {"tag", tagged ? make.borrowed("latest") : nullptr}});
}

// Then the pass that would split the traffic does not take place.
bool is_left_alone_when_ready(const Lowering& lowering) {
  const bool hidden = is_disallowed(lowering.config().inference_service.value.annotation_disallowed, names::kDisableAutoUpdate);
  return !hidden && annotation(lowering.owner->view(), names::kDisableAutoUpdate).text() == "true";
}

// KServe splits traffic once a revision was rolled out. In the end state of a fresh service that is its first one, which got all the
// traffic in the first pass; the input's status does not count, since the API server drops it when the object is created.
const Node* traffic_of(const ComponentPlan& component, Lowering& lowering) {
  const Make& make = lowering.make;
  const bool tagged = View(component.annotations)[names::kTagRouting].text() == "true";
  const View percent = component.extension["canaryTrafficPercent"];
  if (!percent || is_left_alone_when_ready(lowering)) return make.list({traffic_to_latest(make.integer(100), tagged, make)});
  const int64_t share = percent.integer().value_or(0);
  std::vector<const Node*> out{traffic_to_latest(percent.node(), tagged, make)};
  if (share >= 100) return make.list(out);
  const std::string first = cat(component.name, "-00001");
  lowering.scratch.diags.report(Code::AssumedRevision, Stage::Render, percent, cat("the other ", 100 - share, " percent go to revision ", first, ", the first one"));
  out.push_back(make.map({{"revisionName", make.text(first)},
                          {"latestRevision", make.boolean(false)},
                          {"percent", make.integer(100 - share)},
                          {"tag", make.borrowed("prev")}}));
  return make.list(out);
}

// The service's timeout is also the limit for the first byte.
const Node* revision_spec(const ComponentPlan& component, Make make) {
  MapBuilder spec(make, component.pod.spec);
  const Node* timeout = component.extension["timeout"].node();
  spec.set("containerConcurrency", component.extension["containerConcurrency"].node());
  spec.set("timeoutSeconds", timeout).set("responseStartTimeoutSeconds", timeout);
  return spec.build();
}

const Node* template_metadata(const ComponentPlan& component, const Node* annotations, const Lowering& lowering) {
  const View all = component.pod.labels ? component.pod.labels : component.labels;
  const Node* labels = allowed_entries(lowering.make, all, lowering.config().inference_service.value.label_disallowed);
  return lowering.make.map({{"labels", labels}, {"annotations", or_null_when_empty(annotations)}});
}

}  // namespace

const Node* with_scaling_annotations(View annotations, View scaling, Make make) {
  const auto decimal = [&](View number) { return make.text(cat(number.integer().value_or(0))); };
  MapBuilder out(make, annotations);
  out.add_missing("autoscaling.knative.dev/class", make.borrowed("kpa.autoscaling.knative.dev"));
  if (const View target = scaling["scaleTarget"]) out.set("autoscaling.knative.dev/target", decimal(target));
  if (const View metric = scaling["scaleMetric"]) out.set("autoscaling.knative.dev/metric", metric.node());
  const View least = scaling["minReplicas"], most = scaling["maxReplicas"];
  out.set("autoscaling.knative.dev/min-scale", least ? decimal(least) : make.borrowed("1"));
  if (most.integer().value_or(0) != 0) out.set("autoscaling.knative.dev/max-scale", decimal(most));
  return out.build();
}

SplitAnnotations split_annotations(View annotations, std::span<const std::string_view> moved, Make make) {
  std::vector<Field> service, revision;
  for (const Field& f : annotations.fields()) {
    const bool moves = std::find(moved.begin(), moved.end(), f.key()) != moved.end();
    (moves ? service : revision).push_back(f);
  }
  return {service.empty() ? nullptr : make.fields(service), make.fields(revision)};
}

void lower_knative_component(const ComponentPlan& component, Lowering& lowering) {
  if (is_stopped(component.annotations)) return;
  const Make& make = lowering.make;
  const View base = component.pod.annotations ? component.pod.annotations : component.annotations;
  const SplitAnnotations split = split_annotations(with_scaling_annotations(base, component.extension, make), kMoved, make);
  const Node* revision = make.map({{"metadata", template_metadata(component, split.revision, lowering)}, {"spec", revision_spec(component, make)}});
  const Node* metadata = make_metadata(make, component.namespace_, component.name, component.labels, split.service);
  lowering.emit(make_object(make, kKnativeService, metadata, make.map({{"template", revision}, {"traffic", traffic_of(component, lowering)}})));
}

}  // namespace isvcc
