// Autoscaling of a component, by autoscaler: HPA, KEDA or Knative's (validateAutoScalingCompExtension).
#include "admit/isvc_rules.h"
#include "base/text.h"
#include "kserve/names.h"
#include "ops/quantity.h"

namespace isvcc {

static constexpr std::string_view kKnativeClass = "autoscaling.knative.dev/class";
static constexpr std::string_view kPercentText = "the target utilization percentage should be a [1-100] integer";

using Outcome = std::optional<Refusal>;

static Refusal metric_refusal(const ComponentCheck& component, std::string_view metric, std::string_view hint) {
  return {Code::UnsupportedScaleMetric, cat(component.path, ".scaleMetric"), cat('[', metric, "] is not a supported metric"),
          cat("this autoscaler does not scale by ", quote(metric)), std::string(hint)};
}

static Refusal target_refusal(const ComponentCheck& component, std::string_view upstream, int64_t target) {
  return {
      Code::ScaleTarget, cat(component.path, ".scaleTarget"), std::string(upstream), cat("scaleTarget ", target, " is out of range"), {}};
}

static Refusal spec_refusal(const std::string& path, std::string_view upstream, std::string_view message) {
  return {Code::BadMetricSpec, path, std::string(upstream), std::string(message), {}};
}

static Outcome first_metric_refusal(const ComponentCheck& component, Outcome (*of_metric)(View, const std::string&)) {
  const auto metrics = component.spec()["autoScaling"]["metrics"].items();
  for (size_t i = 0; i < metrics.size(); ++i)
    if (Outcome refusal = of_metric(metrics[i], cat(component.path, ".autoScaling.metrics[", i, ']'))) return refusal;
  return std::nullopt;
}

// HPA

static Outcome hpa_metric_refusal(View metric, const std::string& path) {
  const std::string_view type = metric["type"].text();
  if (type != "Resource")
    return spec_refusal(cat(path, ".type"),
                        cat("invalid HPA metric source type with value [", type, "],valid metric source types are Resource"),
                        cat("an HPA does not take metrics of type ", quote(type), "; use autoscalerClass keda"));
  if (metric["resource"]) return std::nullopt;
  return spec_refusal(path, "metricSpec.Resource is not set for resource metric source type",
                      "a metric of type Resource has no `resource`");
}

// Above 100 is refused for every metric: && binds tighter than || in KServe's condition.
static Outcome hpa_refusal(const ComponentCheck& component) {
  const std::string_view metric = component.spec()["scaleMetric"].text("cpu");
  if (metric != "cpu" && metric != "memory") return metric_refusal(component, metric, "an HPA scales by cpu or memory");
  if (const auto target = component.spec()["scaleTarget"].integer()) {
    if ((metric == "cpu" && *target < 1) || *target > 100) return target_refusal(component, kPercentText, *target);
    if (metric == "memory" && *target < 1) return target_refusal(component, "the target memory should be greater than 1 MiB", *target);
  }
  return first_metric_refusal(component, hpa_metric_refusal);
}

// KEDA

// validateScaleTarget: the value that belongs to the type of the target.
static Outcome keda_target_refusal(View target, const std::string& path) {
  const std::string_view type = target["type"].text();
  if (type == "Utilization") {
    const auto percent = target["averageUtilization"].integer();
    if (!percent)
      return spec_refusal(path, "the AverageUtilization type should be set", "a target of type Utilization has no averageUtilization");
    if (*percent >= 1 && *percent <= 100) return std::nullopt;
    return spec_refusal(cat(path, ".averageUtilization"), kPercentText,
                        cat("averageUtilization ", *percent, " is not a percentage from 1 to 100"));
  }
  if (type == "AverageValue" && !target["averageValue"])
    return spec_refusal(path, "the AverageValue type should be set", "a target of type AverageValue has no averageValue");
  if (type == "Value" && !target["value"]) return spec_refusal(path, "the Value type should be set", "a target of type Value has no value");
  return std::nullopt;
}

static bool below_one_mebibyte(View quantity) {
  const auto value = Quantity::parse(quantity.text("0"));
  return !value || value->compare(*Quantity::parse("1Mi")) < 0;
}

static Outcome keda_resource_refusal(View metric, const std::string& path) {
  const View resource = metric["resource"], target = resource["target"];
  if (!resource)
    return spec_refusal(path, "metricSpec.Resource is not set for resource metric source type",
                        "a metric of type Resource has no `resource`");
  const std::string_view name = resource["name"].text(), type = target["type"].text();
  const std::string where = cat(path, ".resource.target");
  if (name == "cpu" && type != "Utilization")
    return spec_refusal(where, "the cpu target value type should be Utilization", "cpu is scaled by Utilization only");
  if (name == "memory" && type != "AverageValue" && type != "Utilization")
    return spec_refusal(where, "the memory target value type should be AverageValue or Utilization",
                        "memory is scaled by AverageValue or Utilization only");
  if (name == "memory" && type == "AverageValue" && below_one_mebibyte(target["averageValue"]))
    return spec_refusal(where, "the memory target value should be greater than 1 MiB", "the memory target is below 1Mi");
  if (name != "cpu" && name != "memory")
    return spec_refusal(cat(path, ".resource.name"), cat("resource type ", name, " is not supported"),
                        cat("KEDA does not scale by the resource ", quote(name)));
  return keda_target_refusal(target, where);
}

static Outcome keda_query_refusal(View source, const std::string& path, std::string_view unset, std::string_view block) {
  if (!source) return spec_refusal(path, unset, cat("the metric has no `", block, '`'));
  const std::string where = cat(path, '.', block);
  if (source["metric"]["query"].size() == 0)
    return spec_refusal(cat(where, ".metric"), "the query should not be empty", "the metric has no query");
  if (!source["target"]["value"])
    return spec_refusal(cat(where, ".target"), "the target threshold value should not be empty", "the target has no value");
  return keda_target_refusal(source["target"], cat(where, ".target"));
}

static Outcome keda_metric_refusal(View metric, const std::string& path) {
  const std::string_view type = metric["type"].text();
  if (type == "Resource") return keda_resource_refusal(metric, path);
  if (type == "External")
    return keda_query_refusal(metric["external"], path, "metricSpec.External is not set for external metric source type", "external");
  if (type == "PodMetric")
    return keda_query_refusal(metric["podmetric"], path, "metricSpec.PodMetric is not set for pod metric source type", "podmetric");
  return spec_refusal(cat(path, ".type"),
                      cat("unknown KEDA metric type with value [", type, "].Valid types are Resource,External,PodMetric"),
                      cat("there is no metric type ", quote(type)));
}

static Outcome keda_refusal(const ComponentCheck& component) {
  if (component.spec()["scaleMetric"])
    return Refusal{Code::UnsupportedScaleMetric, cat(component.path, ".scaleMetric"), "ScaleMetric is not supported for KEDA",
                   "KEDA does not read scaleMetric", "describe the metric in autoScaling.metrics"};
  return first_metric_refusal(component, keda_metric_refusal);
}

// Knative

static Outcome knative_refusal(const ComponentCheck& component) {
  if (component.spec()["deploymentStrategy"])
    return Refusal{Code::StrategyNeedsStandard, cat(component.path, ".deploymentStrategy"),
                   "customizing deploymentStrategy is only supported for raw deployment mode", "Knative has no use for deploymentStrategy",
                   cat("set the annotation ", names::kDeploymentMode, ": Standard, or remove the field")};
  const std::string_view metric = component.spec()["scaleMetric"].text("concurrency");
  if (metric != "concurrency" && metric != "rps")
    return metric_refusal(component, metric, "Knative scales by concurrency or rps; Standard mode scales by cpu or memory");
  const auto target = component.spec()["scaleTarget"].integer();
  if (metric != "rps" || !target || *target >= 1) return std::nullopt;
  return target_refusal(component, "the target for rps should be greater than 1", *target);
}

// The annotations decide as they are written: an unknown mode counts as Knative here.
std::optional<Refusal> autoscaling_refusal(const ComponentCheck& component, View annotations) {
  if (annotations[names::kDeploymentMode].text() == "Standard") {
    const std::string_view autoscaler = annotations[names::kAutoscalerClass].text();
    if (autoscaler == "hpa") return hpa_refusal(component);
    return autoscaler == "keda" ? keda_refusal(component) : std::nullopt;
  }
  return annotations[kKnativeClass].text() == "hpa.autoscaling.knative.dev" ? hpa_refusal(component) : knative_refusal(component);
}

}  // namespace isvcc
