// OpenTelemetryCollector that carries a component's own metrics to KEDA (reconcilers/otel, KServe v0.20.0).
// The empty maps are fields of the operator's Go types that have no omitempty: a live object shows them, too.
#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "lower/standard.h"
#include "ops/go_text.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

constexpr ObjectKind kCollector{"opentelemetry.io/v1beta1", "OpenTelemetryCollector"};

bool is_collected(View metric) {
  return metric["type"].text() == "PodMetric" && metric["podmetric"]["metric"]["backend"].text() == "opentelemetry";
}

// The controller looks for the backend without looking whether there is one.
bool lacks_source(const ComponentPlan& component) {
  const auto metrics = component.extension["autoScaling"]["metrics"].items();
  return std::any_of(metrics.begin(), metrics.end(), [](View m) { return m["type"].text() == "PodMetric" && !m["podmetric"]; });
}

std::vector<const Node*> metric_names(const ComponentPlan& component) {
  std::vector<const Node*> out;
  for (const Node* metric : component.extension["autoScaling"]["metrics"].items()) {
    if (!is_collected(metric)) continue;
    const auto names = View(metric)["podmetric"]["metric"]["metricNames"].items();
    out.insert(out.end(), names.begin(), names.end());
  }
  return out;
}

const Node* make_receivers(View annotations, const OtelConfig& config, Make make) {
  const View port = annotations[names::kPrometheusPort];
  const Node* target = make.text(cat("localhost:", port ? port.text() : "8080"));
  const Node* scrape = make.map({{"job_name", make.borrowed("otel-collector")},
                                 {"scrape_interval", make.text(config.scrape_interval)},
                                 {"static_configs", make.list({make.map({{"targets", make.list({target})}})})}});
  return make.map({{"prometheus", make.map({{"config", make.map({{"scrape_configs", make.list({scrape})}})}})}});
}

const Node* make_processors(const std::vector<const Node*>& names, Make make) {
  const Node* environment = make.map(
      {{"detectors", make.texts({"env"})}, {"timeout", make.borrowed("2s")}, {"override", make.boolean(false)}});
  const Node* statements = make.texts({"set(attributes[\"namespace\"], resource.attributes[\"k8s.namespace.name\"])",
                                       "set(attributes[\"deployment\"], resource.attributes[\"k8s.deployment.name\"])",
                                       "set(attributes[\"pod\"], resource.attributes[\"k8s.pod.name\"])"});
  const Node* transform = make.map({{"context", make.borrowed("datapoint")}, {"statements", statements}});
  const Node* include = make.map({{"match_type", make.borrowed("strict")}, {"metric_names", make.list(names)}});
  return make.map({{"resourcedetection/env", environment},
                   {"transform", make.map({{"metric_statements", make.list({transform})}})},
                   {"filter/metrics", make.map({{"metrics", make.map({{"include", include}})}})}});
}

const Node* make_exporters(const OtelConfig& config, Make make) {
  return make.map({{"otlp", make.map({{"endpoint", make.text(config.metric_receiver_endpoint)},
                                      {"compression", make.borrowed("none")},
                                      {"tls", make.map({{"insecure", make.boolean(true)}})}})}});
}

const Node* make_pipeline(Make make) {
  const Node* metrics = make.map({{"receivers", make.texts({"prometheus"})},
                                  {"processors", make.texts({"resourcedetection/env", "transform", "filter/metrics"})},
                                  {"exporters", make.texts({"otlp"})}});
  return make.map({{"pipelines", make.map({{"metrics", metrics}})}});
}

const Node* make_config(const ComponentPlan& component, const std::vector<const Node*>& names, const OtelConfig& config, Make make) {
  return make.map({{"receivers", make_receivers(component.annotations, config, make)},
                   {"processors", make_processors(names, make)},
                   {"exporters", make_exporters(config, make)},
                   {"service", make_pipeline(make)}});
}

const Node* quantity_or_nothing(const std::string& text, Make make) {
  const auto quantity = Quantity::parse(text);
  return quantity ? make.text(quantity->text()) : nullptr;
}

const Node* make_amounts(const std::string& cpu, const std::string& memory, Make make) {
  return or_null_when_empty(make.map({{"cpu", quantity_or_nothing(cpu, make)}, {"memory", quantity_or_nothing(memory, make)}}));
}

const Node* make_resources(const ResourceTexts& r, Make make) {
  return make.map({{"requests", make_amounts(r.cpu_request, r.memory_request, make)}, {"limits", make_amounts(r.cpu_limit, r.memory_limit, make)}});
}

const Node* no_metrics(Make make) { return make.map({{"metrics", make.map({})}}); }

const Node* make_spec(const Node* config, const Node* resources, Make make) {
  const Node* allocator =
      make.map({{"observability", no_metrics(make)}, {"prometheusCR", make.map({})}, {"resources", make.map({})}});
  return make.map({{"mode", make.borrowed("sidecar")},
                   {"config", config},
                   {"resources", resources},
                   {"daemonSetUpdateStrategy", make.map({})},
                   {"deploymentUpdateStrategy", make.map({})},
                   {"ingress", make.map({{"route", make.map({})}})},
                   {"observability", no_metrics(make)},
                   {"podDnsConfig", make.map({})},
                   {"targetAllocator", allocator},
                   {"upgradeStrategy", make.borrowed("")}});
}

}  // namespace

std::string otel_collector_error(const ComponentPlan& component, const Config& config) {
  if (lacks_source(component)) return recovered_panic("a metric of type PodMetric has no podmetric: invalid memory address or nil pointer dereference");
  if (metric_names(component).empty()) return {};
  if (!config.otel.ok()) return config.otel.error;
  const ResourceTexts& r = config.otel.value.resource;
  for (const std::string* text : {&r.cpu_request, &r.memory_request, &r.cpu_limit, &r.memory_limit}) {
    std::string error;
    if (!text->empty() && !Quantity::parse(*text, &error)) return recovered_panic(cat("cannot parse '", *text, "': ", error));
  }
  return {};
}

const Node* make_otel_collector(const ComponentPlan& component, const Lowering& lowering) {
  const std::vector<const Node*> names = metric_names(component);
  if (names.empty()) return nullptr;
  const Make& make = lowering.make;
  const OtelConfig& config = lowering.config().otel.value;
  const Node* metadata = make_metadata(make, component.namespace_, component.name, nullptr, component.annotations);
  return make_object(make, kCollector, metadata,
                     make_spec(make_config(component, names, config, make), make_resources(config.resource, make), make));
}

}  // namespace isvcc
