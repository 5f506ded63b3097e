// HorizontalPodAutoscalers: validateHorizontalPodAutoscalerSpec.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

constexpr int64_t kLongestPeriod = 1800, kLongestWindow = 3600;  // seconds

// What a metric of this type is measured by, in the field of its source.
struct Source {
  std::string_view type, field;
};
constexpr Source kSources[] = {{"Object", "object"}, {"External", "external"}, {"Pods", "pods"}, {"Resource", "resource"}, {"ContainerResource", "containerResource"}};

void check_between(View value, const Path& path, int64_t least, int64_t most, std::string_view too_small, const Breaches& out) {
  const auto number = value.integer();
  if (number && *number < least) out.invalid(value, path, cat(*number), too_small, cat(quote(path.text()), " is ", *number, ", it ", too_small));
  if (number && *number > most) out.invalid(value, path, cat(*number), cat("must be less than or equal to ", most), cat(quote(path.text()), " is ", *number, ", at most ", most, " is possible"));
}

void check_positive(View value, const Path& path, const Breaches& out) {
  if (!value) return;
  if (const auto quantity = Quantity::parse(value); quantity && quantity->sign() <= 0)
    out.invalid(value, path, go_quote(quantity->text()), "must be positive", cat(quote(path.text()), " is ", quantity->text(), ", it must be positive"));
}

// validateMetricTarget
void check_target(View target, View around, const Path& path, const Breaches& out) {
  const View where = target ? target : around, type = target["type"];
  if (type.text().empty()) out.required(where, path.key("type"), "must specify a metric target type");
  else if (type.text() != "Utilization" && type.text() != "Value" && type.text() != "AverageValue")
    out.invalid(type, path.key("type"), go_quote(type.text()), "must be either Utilization, Value, or AverageValue", cat("there is no target type ", quote(type.text())));
  check_positive(target["value"], path.key("value"), out);
  check_positive(target["averageValue"], path.key("averageValue"), out);
  check_between(target["averageUtilization"], path.key("averageUtilization"), 1, INT32_MAX, "must be greater than 0", out);
}

// Which targets a metric of this kind has.
void check_amounts(std::string_view field, View source, const Path& path, const Breaches& out) {
  const View target = source["target"], where = target ? target : source;
  const bool value = bool(target["value"]), average = bool(target["averageValue"]), utilization = bool(target["averageUtilization"]);
  const Path at = path.key("target");
  if (field == "resource" || field == "containerResource") {
    if (!utilization && !average) out.required(where, at.key("averageUtilization"), "must set either a target raw value or a target utilization");
    if (utilization && average) out.forbidden(target, at.key("averageValue"), "may not set both a target raw value and a target utilization");
  } else if (field == "pods") {
    if (!average) out.required(where, at.key("averageValue"), "must specify a positive target averageValue");
  } else {
    if (!value && !average)
      out.required(where, at.key("averageValue"), field == "object" ? "must set either a target value or averageValue" : "must set either a target value for metric or a per-pod target");
    if (field == "external" && value && average) out.forbidden(target, at.key("value"), "may not set both a target value for metric and a per-pod target");
  }
}

void check_source(std::string_view field, View source, const Path& path, const Breaches& out) {
  const bool named = field == "resource" || field == "containerResource";
  if (named && source["name"].text().empty()) out.required(source, path.key("name"), "must specify a resource name");
  if (field == "containerResource" && source["container"].text().empty()) out.required(source, path.key("container"), "must specify a container");
  if (!named && source["metric"]["name"].text().empty()) out.required(source, path.key("metric").key("name"), "must specify a metric name");
  check_target(source["target"], source, path.key("target"), out);
  check_amounts(field, source, path, out);
}

// validateMetricSpec
void check_metric(View metric, const Path& path, const Breaches& out) {
  const View type = metric["type"];
  if (type) out.one_of(type, path.key("type"), {"ContainerResource", "External", "Object", "Pods", "Resource"});
  else out.required(metric, path.key("type"), "must specify a metric source type");
  const auto given = std::count_if(std::begin(kSources), std::end(kSources), [&](const Source& source) { return metric[source.field].is_map(); });
  bool first = true;
  for (const Source& source : kSources) {
    const View value = metric[source.field];
    const Path at = path.key(source.field);
    const bool expected = type.text() == source.type;
    if (value.is_map() && std::exchange(first, false)) check_source(source.field, value, at, out);
    if (expected && !value.is_map()) out.required(metric, at, "must populate information for the given metric source");
    if (!expected && value.is_map() && given > 1) out.forbidden(value, at, "must populate the given metric source only");
  }
}

// validateScalingRules
void check_scaling(View rules, const Path& path, const Breaches& out) {
  if (!rules.is_map()) return;
  check_between(rules["stabilizationWindowSeconds"], path.key("stabilizationWindowSeconds"), 0, kLongestWindow, "must be greater than or equal to zero", out);
  out.one_of(rules["selectPolicy"], path.key("selectPolicy"), {"Disabled", "Max", "Min"});
  const View list = rules["policies"];
  const Path policies = path.key("policies");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View policy = list.item(i);
    const Path at = policies.index(i);
    out.one_of(policy["type"], at.key("type"), {"Percent", "Pods"});
    out.positive(policy["value"], at.key("value"));
    check_between(policy["periodSeconds"], at.key("periodSeconds"), 1, kLongestPeriod, "must be greater than zero", out);
  }
}

void check_replicas(View spec, const Path& path, const Breaches& out) {
  const View least = spec["minReplicas"], most = spec["maxReplicas"];
  check_between(least, path.key("minReplicas"), 1, INT32_MAX, "must be greater than or equal to 1", out);
  const int64_t limit = most.integer().value_or(0);
  const Path at = path.key("maxReplicas");
  if (limit < 1) out.invalid(most ? most : spec, at, cat(limit), "must be greater than 0", "maxReplicas must be at least 1");
  if (least.integer() && *least.integer() > limit)
    out.invalid(least, at, cat(limit), "must be greater than or equal to `minReplicas`", cat("minReplicas ", *least.integer(), " is above maxReplicas ", limit));
}

}  // namespace

void check_autoscaler(View object, const Breaches& out) {
  const View spec = object["spec"], target = spec["scaleTargetRef"], metrics = spec["metrics"];
  const Path root, path = root.key("spec"), list = path.key("metrics"), behavior = path.key("behavior");
  check_replicas(spec ? spec : object, path, out);
  for (const std::string_view field : {"kind", "name"})
    if (spec && target[field].text().empty()) out.required(target ? target : spec, path.key("scaleTargetRef").key(field));
  for (size_t i = 0; i < metrics.items().size(); ++i) check_metric(metrics.item(i), list.index(i), out);
  for (const std::string_view direction : {"scaleUp", "scaleDown"}) check_scaling(spec["behavior"][direction], behavior.key(direction), out);
}

}  // namespace isvcc
