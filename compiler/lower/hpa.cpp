// HorizontalPodAutoscaler of Standard mode (reconcilers/hpa, KServe v0.20.0). The service's `behavior` never reaches it.
#include <algorithm>

#include "kserve/names.h"
#include "lower/standard.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

constexpr ObjectKind kHpa{"autoscaling/v2", "HorizontalPodAutoscaler"};
constexpr int64_t kDefaultUtilization = 80;

const Node* make_target(Make make, std::string_view type, Entry value) { return make.map({{"type", make.borrowed(type)}, value}); }

const Node* make_metric(Make make, const Node* name, const Node* target) {
  return make.map({{"type", make.borrowed("Resource")}, {"resource", make.map({{"name", name}, {"target", target}})}});
}

const Node* utilization(Make make, const Node* percent) { return make_target(make, "Utilization", {"averageUtilization", percent}); }

// The quantity as Go writes it after parsing: KServe keeps the author's text only for KEDA.
const Node* quantity_text(View value, Make make) {
  if (!value) return nullptr;
  const auto quantity = Quantity::parse(value);
  return quantity ? make.text(quantity->text()) : value.node();
}

const Node* memory_target(View target, Make make) {
  const std::string_view type = target["type"].text();
  if (type == "Utilization") return utilization(make, target["averageUtilization"].node());
  if (type == "AverageValue") return make_target(make, "AverageValue", {"averageValue", quantity_text(target["averageValue"], make)});
  return make_target(make, "", {});
}

// Null for a metric that is neither cpu nor memory of the pod.
const Node* metric_of(View metric, Make make) {
  const View name = metric["resource"]["name"], target = metric["resource"]["target"];
  if (name.text() == "memory") return make_metric(make, name.node(), memory_target(target, make));
  if (name.text() != "cpu") return nullptr;
  const View percent = target["averageUtilization"];
  return make_metric(make, name.node(), utilization(make, percent ? percent.node() : make.integer(kDefaultUtilization)));
}

const Node* simple_metric(View extension, Make make) {
  const std::string_view name = extension["scaleMetric"].text("cpu");
  const View target = extension["scaleTarget"];
  if (name != "cpu" && (name != "memory" || !target)) return nullptr;
  return make_metric(make, make.text(name), utilization(make, target ? target.node() : make.integer(kDefaultUtilization)));
}

const Node* metrics_of(View extension, Make make) {
  std::vector<const Node*> out;
  if (const View own = extension["autoScaling"]) {
    for (const Node* metric : own["metrics"].items())
      if (const Node* made = metric_of(metric, make)) out.push_back(made);
  } else if (const Node* made = simple_metric(extension, make)) {
    out.push_back(made);
  }
  return out.empty() ? nullptr : make.list(out);
}

}  // namespace

const Node* make_hpa(const ComponentPlan& component, const Workload& workload, const Node* target, const Lowering& lowering) {
  const Make& make = lowering.make;
  const View extension = component.extension;
  const int64_t least = std::max<int64_t>(extension["minReplicas"].integer().value_or(1), 1);
  const int64_t most = std::max(extension["maxReplicas"].integer().value_or(0), least);
  return make_object(make, kHpa, workload.metadata,
                     make.map({{"scaleTargetRef", target},
                               {"minReplicas", make.integer(least)},
                               {"maxReplicas", make.integer(most)},
                               {"metrics", metrics_of(extension, make)},
                               {"behavior", make.map({})}}));
}

}  // namespace isvcc
