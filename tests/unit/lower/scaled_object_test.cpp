#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct Keda : IrisWorld {
  std::string spec(const std::string& extension, std::string_view path) {
    predictor("{annotations: {serving.kserve.io/autoscalerClass: keda}, extension: " + extension + "}").lower();
    return at("ScaledObject", "spec." + std::string(path));
  }
  std::string trigger(const std::string& metric) { return spec("{autoScaling: {metrics: [" + metric + "]}}", "triggers[0]"); }
};

BOOST_FIXTURE_TEST_CASE(without_metrics_the_triggers_are_null, Keda) {
  BOOST_TEST(spec("{scaleMetric: cpu, scaleTarget: 50}", "triggers") == "null");
  BOOST_TEST(!object("HorizontalPodAutoscaler"));
}

BOOST_FIXTURE_TEST_CASE(scaling_to_zero_is_allowed, Keda) {
  BOOST_TEST(spec("{minReplicas: 0}", "minReplicaCount") == "0");
  BOOST_TEST(at("ScaledObject", "spec.maxReplicaCount") == "0");
}

BOOST_FIXTURE_TEST_CASE(quantities_stay_as_their_author_wrote_them, Keda) {
  BOOST_TEST(trigger("{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: '1024Mi'}}}") ==
             R"({"metadata":{"value":"1024Mi"},"metricType":"AverageValue","type":"memory"})");
}

BOOST_FIXTURE_TEST_CASE(an_absent_utilization_is_80_for_cpu_and_0_for_memory, Keda) {
  BOOST_TEST(spec("{autoScaling: {metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}, {type: Resource, resource: {name: memory, target: {type: Utilization}}}]}}", "triggers") ==
             R"([{"metadata":{"value":"80"},"metricType":"Utilization","type":"cpu"},{"metadata":{"value":"0"},"metricType":"Utilization","type":"memory"}])");
}

BOOST_FIXTURE_TEST_CASE(only_prometheus_has_a_namespace, Keda) {
  BOOST_TEST(trigger("{type: External, external: {metric: {backend: graphite, query: q, namespace: n}, target: {value: 3}}}") ==
             R"({"metadata":{"query":"q","serverAddress":"","threshold":"3"},"type":"graphite"})");
}

BOOST_FIXTURE_TEST_CASE(a_login_becomes_modes_and_a_reference, Keda) {
  BOOST_TEST(trigger("{type: External, external: {authenticationRef: {authModes: basic, authenticationRef: {name: s}}, metric: {backend: prometheus, namespace: ns, serverAddress: h}, target: {}}}") ==
             R"({"authenticationRef":{"name":"s"},"metadata":{"authModes":"basic","namespace":"ns","query":"","serverAddress":"h","threshold":"0"},"type":"prometheus"})");
}

BOOST_FIXTURE_TEST_CASE(queries_of_pod_metrics_are_kept_to_the_deployment, Keda) {
  BOOST_TEST(trigger("{type: PodMetric, podmetric: {metric: {backend: opentelemetry, query: q, operationOverTime: avg}, target: {value: '4'}}}") ==
             R"x({"metadata":{"metricQuery":"sum(q{namespace=\"ml\", deployment=\"iris-predictor\"})","operationOverTime":"avg","scalerAddress":"keda-otel-scaler.keda.svc:4318","targetValue":"4"},"type":"external"})x");
}

BOOST_FIXTURE_TEST_CASE(pod_metrics_of_another_backend_leave_an_empty_trigger, Keda) {
  BOOST_TEST(trigger("{type: PodMetric, podmetric: {metric: {backend: prometheus}}}") == R"({"metadata":{},"type":""})");
}

BOOST_FIXTURE_TEST_CASE(the_configuration_fills_in_missing_windows, Keda) {
  BOOST_TEST(spec("{autoScaling: {behavior: {scaleDown: {stabilizationWindowSeconds: 9, policies: []}}}}", "advanced.horizontalPodAutoscalerConfig.behavior") ==
             R"({"scaleDown":{"stabilizationWindowSeconds":9},"scaleUp":{"stabilizationWindowSeconds":0}})");
}

BOOST_FIXTURE_TEST_CASE(windows_that_are_no_32_bit_integers_count_as_unset, Keda) {
  config("{autoscaler: {scaleUpStabilizationWindowSeconds: '1.5', scaleDownStabilizationWindowSeconds: '99999999999'}}");
  BOOST_TEST(spec("{}", "advanced") == "");
}

BOOST_FIXTURE_TEST_CASE(a_collector_needs_metric_names_but_no_keda, IrisWorld) {
  predictor("{annotations: {prometheus.kserve.io/port: '9'}, extension: {autoScaling: {metrics: [{type: PodMetric, podmetric: {metric: {backend: opentelemetry, metricNames: [a, a]}}}]}}}").lower();
  BOOST_TEST(at("OpenTelemetryCollector", "spec.config.receivers.prometheus.config.scrape_configs[0].static_configs") == R"([{"targets":["localhost:9"]}])");
  BOOST_TEST(at("OpenTelemetryCollector", "spec.config.processors[filter/metrics].metrics.include.metric_names") == R"(["a","a"])");
  BOOST_TEST(at("OpenTelemetryCollector", "metadata.labels") == "");
  BOOST_TEST(!object("ScaledObject"));
}

BOOST_FIXTURE_TEST_CASE(only_the_collector_of_the_predictor_has_an_owner, IrisWorld) {
  const char* metrics = "{extension: {autoScaling: {metrics: [{type: PodMetric, podmetric: {metric: {backend: opentelemetry, metricNames: [a]}}}]}}}";
  predictor(metrics).component(Role::Transformer, metrics).lower();
  for (const Rendered& r : rendered())
    if (View(r.node)["kind"].text() == "OpenTelemetryCollector") BOOST_TEST(r.owned == (metadata(r.node)["name"].text() == "iris-predictor"));
}
