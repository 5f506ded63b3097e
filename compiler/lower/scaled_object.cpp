// KEDA ScaledObject of Standard mode (reconcilers/keda, KServe v0.20.0).
#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "lower/standard.h"

namespace isvcc {
namespace {

constexpr ObjectKind kScaledObject{"keda.sh/v1alpha1", "ScaledObject"};

const Node* node_or_empty(View value, Make make) { return value.is_text() ? value.node() : make.borrowed(""); }

// A quantity as its author wrote it; "0" when absent.
const Node* original(View quantity, Make make) {
  if (quantity.is_text() && quantity.size() > 0) return quantity.node();
  if (quantity.is_number()) return make.text(number_text(*quantity.node()));
  return make.borrowed("0");
}

const Node* decimal(View number, Make make) { return make.text(cat(number.integer().value_or(0))); }

const Node* resource_value(View resource, Make make) {
  const View target = resource["target"];
  const std::string_view type = target["type"].text();
  if (type == "AverageValue") return original(target["averageValue"], make);
  if (type == "Value") return original(target["value"], make);
  if (type != "Utilization") return make.borrowed("0");
  if (const View percent = target["averageUtilization"]) return decimal(percent, make);
  return make.borrowed(resource["name"].text() == "cpu" ? "80" : "0");
}

const Node* resource_trigger(View metric, Make make) {
  const View resource = metric["resource"], type = resource["target"]["type"];
  return make.map({{"type", node_or_empty(resource["name"], make)},
                   {"metricType", type.text().empty() ? nullptr : type.node()},
                   {"metadata", make.map({{"value", resource_value(resource, make)}})}});
}

const Node* text_or_nothing(View value) { return value.text().empty() ? nullptr : value.node(); }

const Node* external_trigger(View metric, Make make) {
  const View source = metric["external"]["metric"], login = metric["external"]["authenticationRef"];
  const Node* reference = text_or_nothing(login["authenticationRef"]["name"]);
  const bool prometheus = source["backend"].text() == "prometheus";
  return make.map({{"type", node_or_empty(source["backend"], make)},
                   {"metadata", make.map({{"serverAddress", node_or_empty(source["serverAddress"], make)},
                                          {"query", node_or_empty(source["query"], make)},
                                          {"threshold", original(metric["external"]["target"]["value"], make)},
                                          {"namespace", prometheus ? text_or_nothing(source["namespace"]) : nullptr},
                                          {"authModes", text_or_nothing(login["authModes"])}})},
                   {"authenticationRef", reference ? make.map({{"name", reference}}) : nullptr}});
}

// Label selectors keep the query to the pods of this Deployment.
const Node* isolated_query(View source, const ComponentPlan& component, Make make) {
  return make.text(cat("sum(", source["query"].text(), "{namespace=\"", component.namespace_, "\", deployment=\"", component.name, "\"})"));
}

const Node* pod_metric_trigger(View metric, const ComponentPlan& component, const OtelConfig& config, Make make) {
  const View source = metric["podmetric"]["metric"];
  if (source["backend"].text() != "opentelemetry") return make.map({{"type", make.borrowed("")}, {"metadata", make.map({})}});
  const Node* address = text_or_nothing(source["serverAddress"]);
  return make.map({{"type", make.borrowed("external")},
                   {"metadata", make.map({{"metricQuery", isolated_query(source, component, make)},
                                          {"targetValue", original(metric["podmetric"]["target"]["value"], make)},
                                          {"scalerAddress", address ? address : make.text(config.metric_scaler_endpoint)},
                                          {"operationOverTime", text_or_nothing(source["operationOverTime"])}})}});
}

// scaleMetric and scaleTarget make no trigger.
const Node* triggers_of(const ComponentPlan& component, const Lowering& lowering) {
  const Make& make = lowering.make;
  std::vector<const Node*> out;
  for (const Node* metric : component.extension["autoScaling"]["metrics"].items()) {
    const std::string_view type = View(metric)["type"].text();
    if (type == "Resource") out.push_back(resource_trigger(metric, make));
    if (type == "External") out.push_back(external_trigger(metric, make));
    if (type == "PodMetric") out.push_back(pod_metric_trigger(metric, component, lowering.config().otel.value, make));
  }
  return out.empty() ? make.null() : make.list(out);
}

// A 32-bit integer as strconv.ParseInt reads it; nothing for any other text.
std::optional<int64_t> configured_window(std::string_view text) {
  if (starts_with(text, "+")) text.remove_prefix(1);
  const auto value = parse_int(text);
  return value && *value >= INT32_MIN && *value <= INT32_MAX ? value : std::nullopt;
}

View own_window(const ComponentPlan& component, std::string_view direction) {
  return component.extension["autoScaling"]["behavior"][direction]["stabilizationWindowSeconds"];
}

// Of the service's behavior only the stabilization windows are used.
const Node* window_rules(const ComponentPlan& component, std::string_view direction, std::string_view configured, Make make) {
  const View own = own_window(component, direction);
  const auto fallback = configured_window(configured);
  if (!own && !fallback) return nullptr;
  return make.map({{"stabilizationWindowSeconds", own ? own.node() : make.integer(*fallback)}});
}

// Go writes scalingModifiers even when it is empty.
const Node* advanced_of(const ComponentPlan& component, const Lowering& lowering) {
  const Make& make = lowering.make;
  const AutoscalerConfig& config = lowering.config().autoscaler.value;
  const Node* behavior = make.map({{"scaleDown", window_rules(component, "scaleDown", config.scale_down_window, make)},
                                   {"scaleUp", window_rules(component, "scaleUp", config.scale_up_window, make)}});
  if (behavior->size == 0) return nullptr;
  return make.map({{"horizontalPodAutoscalerConfig", make.map({{"behavior", behavior}})}, {"scalingModifiers", make.map({})}});
}

}  // namespace

std::string scaled_object_error(const ComponentPlan& component, const Config& config) {
  const bool needs_config = !own_window(component, "scaleDown") || !own_window(component, "scaleUp");
  if (needs_config && !config.autoscaler.ok()) return config.autoscaler.error;
  const auto metrics = component.extension["autoScaling"]["metrics"].items();
  const bool pod_metric = std::any_of(metrics.begin(), metrics.end(), [](View m) { return m["type"].text() == "PodMetric"; });
  return pod_metric ? config.otel.error : "";
}

const Node* make_scaled_object(const ComponentPlan& component, const Workload& workload, const Node* target, const Lowering& lowering) {
  const Make& make = lowering.make;
  const int64_t least = component.extension["minReplicas"].integer().value_or(1);
  const int64_t most = std::max(component.extension["maxReplicas"].integer().value_or(0), least);
  return make_object(make, kScaledObject, workload.metadata,
                     make.map({{"scaleTargetRef", target},
                               {"minReplicaCount", make.integer(least)},
                               {"maxReplicaCount", make.integer(most)},
                               {"triggers", triggers_of(component, lowering)},
                               {"advanced", advanced_of(component, lowering)}}));
}

}  // namespace isvcc
