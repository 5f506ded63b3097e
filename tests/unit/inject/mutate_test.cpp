// The webhook as a whole: which pods it takes, its configuration, and the small passes.
#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

BOOST_AUTO_TEST_SUITE(pod_webhook)

BOOST_AUTO_TEST_CASE(a_pod_of_no_inference_service_is_left_alone) {
  World w;
  w.mutate(
      "{metadata: {labels: {app: x}, annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}}, spec: "
      "{containers: [{name: kserve-container}]}}");
  BOOST_TEST(w.at("annotations") == yaml("{internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}"));
  BOOST_TEST(w.at("spec.initContainers") == "");
}

BOOST_AUTO_TEST_CASE(a_control_plane_namespace_is_left_alone) {
  World w;
  w.add("{apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {control-plane: ''}}}").mutate(pod_of_uri("s3://b"));
  BOOST_TEST(w.at("spec.initContainers") == "");
  BOOST_TEST(w.reported(Code::WebhookSkipsNamespace));
}

BOOST_AUTO_TEST_CASE(a_configuration_that_does_not_parse_refuses_every_pod) {
  World w;
  w.config("{batcher: {cpuLimit: much}}").mutate(pod(""));
  BOOST_TEST(starts_with(w.error(), "Failed to parse resource configuration for \"batcher\": "));
  w.config("{credentials: {s3: 1}}").mutate(pod(""));
  BOOST_TEST(starts_with(w.error(), "panic: unable to parse credential config json: "));
}

BOOST_AUTO_TEST_CASE(a_missing_configuration_key_refuses_every_pod) {
  World w;
  w.replace_config(w.parse("{agent: {cpuLimit: '1', memoryLimit: '1', cpuRequest: '1', memoryRequest: '1'}}")).mutate(pod(""));
  BOOST_TEST(
      starts_with(w.error(), "failed to parse resource configuration for \"storageInitializer\".\"cpuLimit\": quantities must match"));
}

// --- metrics ---

BOOST_AUTO_TEST_CASE(both_metrics_annotations_are_always_added) {
  World w;
  w.mutate(pod(""));
  BOOST_TEST(w.at("annotations") ==
             yaml("{serving.kserve.io/enable-metric-aggregation: 'false', serving.kserve.io/enable-prometheus-scraping: 'false'}"));
}

BOOST_AUTO_TEST_CASE(scraping_points_to_the_queue_proxys_port) {
  World w;
  w.mutate(pod("serving.kserve.io/enable-prometheus-scraping: 'true', prometheus.io/port: '1'"));
  BOOST_TEST(w.at("annotations[prometheus.io/port]") == "\"9091\"");
  BOOST_TEST(w.at("annotations[prometheus.io/path]") == "\"/metrics\"");
  BOOST_TEST(w.reported(Code::NothingToScrape));
}

BOOST_AUTO_TEST_CASE(aggregation_moves_the_port) {
  World w;
  w.knative().mutate(pod("serving.kserve.io/enable-prometheus-scraping: 'true', serving.kserve.io/enable-metric-aggregation: 'true'"));
  BOOST_TEST(w.at("annotations[prometheus.io/port]") == "\"9088\"");
  BOOST_TEST(!w.reported(Code::NothingToScrape));
}

BOOST_AUTO_TEST_CASE(the_configuration_gives_the_defaults) {
  World w;
  w.config("{metricsAggregator: {enableMetricAggregation: 'true', enablePrometheusScraping: 'yes'}}").mutate(pod(""));
  BOOST_TEST(w.at("annotations") ==
             yaml("{serving.kserve.io/enable-metric-aggregation: 'true', serving.kserve.io/enable-prometheus-scraping: 'yes'}"));
}

BOOST_AUTO_TEST_CASE(a_queue_proxy_of_the_template_aggregates) {
  World w;
  w.mutate(
      "{metadata: {annotations: {serving.kserve.io/enable-metric-aggregation: 'true', prometheus.kserve.io/port: '9000'}}, spec: "
      "{containers: [{name: kserve-container}, "
      "{name: queue-proxy}]}}");
  BOOST_TEST(
      w.at("spec.containers[1]") ==
      yaml("{name: queue-proxy, env: [{name: KSERVE_CONTAINER_PROMETHEUS_METRICS_PORT, value: '9000'}, "
           "{name: KSERVE_CONTAINER_PROMETHEUS_METRICS_PATH, value: /metrics}, {name: AGGREGATE_PROMETHEUS_METRICS_PORT, value: '9088'}], "
           "ports: [{name: aggr-metric, containerPort: 9088, protocol: TCP}]}"));
}

// --- accelerator ---

static std::string gpu_pod(std::string_view resources) {
  return cat(
      "{metadata: {annotations: {serving.kserve.io/gke-accelerator: t4}}, spec: {nodeSelector: {cloud.google.com/gke-accelerator: a100, "
      "zone: x}, containers: [{name: "
      "kserve-container, resources: ",
      resources, "}]}}");
}

BOOST_AUTO_TEST_CASE(a_gpu_pod_is_sent_to_nodes_with_the_accelerator) {
  World w;
  w.mutate(gpu_pod("{limits: {nvidia.com/gpu: '0'}}"));
  BOOST_TEST(w.at("spec.nodeSelector") == yaml("{cloud.google.com/gke-accelerator: t4, zone: x}"));
}

BOOST_AUTO_TEST_CASE(other_resources_do_not_move_the_pod) {
  World w;
  w.mutate(gpu_pod("{limits: {amd.com/gpu: '1'}, requests: {nvidia.com/gpu: '1'}}"));
  BOOST_TEST(w.at("spec.nodeSelector") == yaml("{cloud.google.com/gke-accelerator: a100, zone: x}"));
}

// --- origins ---

BOOST_AUTO_TEST_CASE(injected_values_name_their_pass) {
  World w;
  Arena& arena = w.arena();
  PodTemplate tmpl{w.parse("{serving.kserve.io/inferenceservice: iris}"),
                   w.parse("{internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}"),
                   w.parse("{containers: [{name: kserve-container}]}")};
  const Origin before = tmpl.spec->origin;
  BOOST_TEST(w.mutate(tmpl, "default") == "");
  const View spec = tmpl.spec;
  BOOST_TEST(spec["initContainers"].item(0)["image"].node()->origin.offset == made_by(Pass::StorageInitializer).offset);
  BOOST_TEST(View(tmpl.annotations)["serving.kserve.io/enable-metric-aggregation"].node()->origin.offset ==
             made_by(Pass::MetricsAggregator).offset);
  BOOST_TEST(spec.node()->origin.offset == before.offset);
  (void)arena;
}

BOOST_AUTO_TEST_SUITE_END()
