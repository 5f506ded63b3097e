#include "base/text.h"
#include "inject/passes.h"
#include "inject/pod_values.h"
#include "kserve/names.h"
#include "ops/go_text.h"

namespace isvcc {
namespace {

constexpr std::string_view kAggregatedPort = "9088", kQueueProxyPort = "9091", kMetricsPath = "/metrics";

bool has_port(const ContainerEdit& container, std::string_view name) {
  return static_cast<bool>(container.get("ports").named("name", name));
}

// Knative's queue-proxy serves the model server's metrics together with its own. Only one that is part of the template shows.
void aggregate_in(ContainerEdit& queue_proxy, const InjectContext& context) {
  const Make make = context.scratch.make(Pass::MetricsAggregator);
  queue_proxy.merge_env(
      make, {env_value(make, "KSERVE_CONTAINER_PROMETHEUS_METRICS_PORT", context.annotation(names::kPrometheusPort).text("8080")),
             env_value(make, "KSERVE_CONTAINER_PROMETHEUS_METRICS_PATH", context.annotation(names::kPrometheusPath).text(kMetricsPath)),
             env_value(make, "AGGREGATE_PROMETHEUS_METRICS_PORT", kAggregatedPort)});
  if (has_port(queue_proxy, "aggr-metric")) return;
  const Node* port = make.map({{"containerPort", make.integer(9088)}, {"name", make.text("aggr-metric")}, {"protocol", make.text("TCP")}});
  queue_proxy.set("ports", make.appended(queue_proxy.get("ports"), port));
}

void warn_no_queue_proxy(const PodMutation& pod, std::string_view port, View annotation) {
  if (pod.knative) return;
  pod.context.scratch.diags.report(Code::NothingToScrape, Stage::Render, annotation,
                                   cat("prometheus.io/port becomes ", port, ", where nothing listens in Standard mode"));
}

// The text of an annotation, which is set to the configured default when it is missing.
std::string_view annotation_or_default(MapBuilder& annotations, Make make, std::string_view key, std::string_view otherwise) {
  if (!annotations.has(key)) annotations.set(key, make.text(otherwise));
  return annotations.get(key).text();
}

}  // namespace

std::string inject_metrics(PodMutation& pod) {
  const MetricsAggregatorConfig& config = pod.context.config().metrics_aggregator.value;
  const bool asks_config = !pod.context.annotation(names::kMetricAggregation) || !pod.context.annotation(names::kPrometheusScraping);
  if (config.is_null && asks_config) return recovered_panic(kNilDereference);
  const Make make = pod.context.scratch.make(Pass::MetricsAggregator);
  MapBuilder annotations(make.at(pod.context.annotations), pod.context.annotations);
  const bool aggregate = annotation_or_default(annotations, make, names::kMetricAggregation, config.enable_metric_aggregation) == "true";
  if (aggregate)
    for (ContainerEdit& container : pod.spec.containers)
      if (container.name() == names::kQueueProxy) aggregate_in(container, pod.context);
  if (annotation_or_default(annotations, make, names::kPrometheusScraping, config.enable_prometheus_scraping) == "true") {
    const std::string_view port = aggregate ? kAggregatedPort : kQueueProxyPort;
    warn_no_queue_proxy(pod, port, annotations.get(names::kPrometheusScraping));
    annotations.set("prometheus.io/port", make.borrowed(port)).set("prometheus.io/path", make.borrowed(kMetricsPath));
  }
  pod.context.annotations = annotations.build();
  return {};
}

}  // namespace isvcc
