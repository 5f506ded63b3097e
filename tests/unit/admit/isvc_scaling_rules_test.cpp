// Autoscaling, multi-node and canary rules of InferenceServices.
#include <boost/test/unit_test.hpp>

#include "unit/admit/cluster.h"

using namespace isvcc::test;

static const std::string kModel = "model: {modelFormat: {name: sklearn}, storageUri: s3://m/x}";
static const std::string kHpa = "{serving.kserve.io/deploymentMode: Standard, serving.kserve.io/autoscalerClass: hpa}";
static const std::string kKeda = "{serving.kserve.io/deploymentMode: Standard, serving.kserve.io/autoscalerClass: keda}";
static const std::string kKnative = "{serving.kserve.io/deploymentMode: Knative}";
static const std::string kPercent = "the target utilization percentage should be a [1-100] integer";

static std::string scaled(const std::string& annotations, const std::string& fields) {
  Cluster cluster;
  return cluster.service("{predictor: {" + kModel + ", " + fields + "}}", annotations).refusal();
}

static std::string keda(const std::string& metric) { return scaled(kKeda, "autoScaling: {metrics: [" + metric + "]}"); }

BOOST_AUTO_TEST_SUITE(scaling_rules)

// HPA

BOOST_AUTO_TEST_CASE(an_hpa_scales_by_cpu_and_memory) {
  BOOST_TEST(scaled(kHpa, "scaleMetric: concurrency") == "[concurrency] is not a supported metric");
  BOOST_TEST(scaled(kHpa, "scaleMetric: memory, scaleTarget: 60") == "");
  BOOST_TEST(scaled(kHpa, "scaleTarget: 0") == kPercent);
  BOOST_TEST(scaled(kHpa, "scaleMetric: memory, scaleTarget: 0") == "the target memory should be greater than 1 MiB");
}

BOOST_AUTO_TEST_CASE(an_hpa_target_above_100_is_refused_for_every_metric) {
  BOOST_TEST(scaled(kHpa, "scaleMetric: memory, scaleTarget: 101") == kPercent);
}

BOOST_AUTO_TEST_CASE(an_hpa_takes_resource_metrics) {
  BOOST_TEST(scaled(kHpa, "autoScaling: {metrics: [{type: Resource}]}") ==
             "metricSpec.Resource is not set for resource metric source type");
  BOOST_TEST(scaled(kHpa, "autoScaling: {metrics: [{type: External}]}") ==
             "invalid HPA metric source type with value [External],valid metric source types are Resource");
}

BOOST_AUTO_TEST_CASE(without_an_autoscaler_class_standard_mode_checks_nothing) {
  BOOST_TEST(scaled("{serving.kserve.io/deploymentMode: Standard}", "scaleMetric: rps, scaleTarget: 1000") == "");
}

// KEDA

BOOST_AUTO_TEST_CASE(keda_reads_no_scale_metric) {
  BOOST_TEST(scaled(kKeda, "scaleMetric: cpu") == "ScaleMetric is not supported for KEDA");
}

BOOST_AUTO_TEST_CASE(keda_resources_have_fitting_targets) {
  BOOST_TEST(keda("{type: Resource}") == "metricSpec.Resource is not set for resource metric source type");
  BOOST_TEST(keda("{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}") ==
             "the cpu target value type should be Utilization");
  BOOST_TEST(keda("{type: Resource, resource: {name: cpu, target: {type: Utilization}}}") == "the AverageUtilization type should be set");
  BOOST_TEST(keda("{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 101}}}") == kPercent);
  BOOST_TEST(keda("{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}") == "");
}

BOOST_AUTO_TEST_CASE(keda_memory_is_at_least_a_mebibyte) {
  const auto memory = [](const std::string& target) {
    return keda("{type: Resource, resource: {name: memory, target: {" + target + "}}}");
  };
  BOOST_TEST(memory("type: Value, value: 1Gi") == "the memory target value type should be AverageValue or Utilization");
  BOOST_TEST(memory("type: AverageValue") == "the memory target value should be greater than 1 MiB");
  BOOST_TEST(memory("type: AverageValue, averageValue: 1Ki") == "the memory target value should be greater than 1 MiB");
  BOOST_TEST(memory("type: AverageValue, averageValue: 1Mi") == "");
}

BOOST_AUTO_TEST_CASE(keda_queries_need_a_query_and_a_value) {
  const auto external = [](const std::string& metric, const std::string& target) {
    return keda("{type: External, external: {metric: {backend: prometheus, " + metric + "}, target: {" + target + "}}}");
  };
  BOOST_TEST(keda("{type: External}") == "metricSpec.External is not set for external metric source type");
  BOOST_TEST(keda("{type: PodMetric}") == "metricSpec.PodMetric is not set for pod metric source type");
  BOOST_TEST(external("serverAddress: x", "type: Value, value: 1") == "the query should not be empty");
  BOOST_TEST(external("query: q", "type: Value") == "the target threshold value should not be empty");
  BOOST_TEST(external("query: q", "type: AverageValue, value: 1") == "the AverageValue type should be set");
  BOOST_TEST(external("query: q", "type: Value, value: 1") == "");
  BOOST_TEST(keda("{type: PodMetric, podmetric: {metric: {backend: opentelemetry, query: q}, target: {type: Utilization, value: 1}}}") ==
             "the AverageUtilization type should be set");
}

BOOST_AUTO_TEST_CASE(metric_values_keep_the_text_of_the_author) {
  Cluster cluster;
  cluster.service("{predictor: {" + kModel +
                      ", autoScaling: {metrics: [{type: External, external: {metric: {backend: prometheus, query: q}, target: {type: "
                      "Value, value: 1000}}}]}}}",
                  kKeda);
  BOOST_TEST(cluster.at("spec.predictor.autoScaling.metrics[0].external.target.value") == "\"1000\"");
}

// Knative

BOOST_AUTO_TEST_CASE(knative_scales_by_concurrency_and_rps) {
  BOOST_TEST(scaled(kKnative, "scaleMetric: cpu") == "[cpu] is not a supported metric");
  BOOST_TEST(scaled(kKnative, "scaleMetric: rps, scaleTarget: 0") == "the target for rps should be greater than 1");
  BOOST_TEST(scaled(kKnative, "scaleMetric: concurrency, scaleTarget: 0") == "");
  BOOST_TEST(scaled(kKnative, "deploymentStrategy: {type: Recreate}") ==
             "customizing deploymentStrategy is only supported for raw deployment mode");
}

BOOST_AUTO_TEST_CASE(the_hpa_class_of_knative_uses_the_rules_of_the_hpa) {
  BOOST_TEST(scaled("{serving.kserve.io/deploymentMode: Knative, autoscaling.knative.dev/class: hpa.autoscaling.knative.dev}",
                    "scaleMetric: cpu, scaleTarget: 50") == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_mode_uses_the_rules_of_knative) {
  BOOST_TEST(scaled("{serving.kserve.io/deploymentMode: Raw}", "scaleMetric: cpu") == "[cpu] is not a supported metric");
}

// Multi-node

static std::string multi_node(const std::string& predictor, const std::string& annotations = "serving.kserve.io/autoscalerClass: none") {
  Cluster cluster;
  const std::string text = cluster.service("{predictor: {" + predictor + "}}", "{" + annotations + "}").refusal();
  const std::string start = "the InferenceService \"iris\" is invalid: ";
  return text.rfind(start, 0) == 0 ? text.substr(start.size()) : text;
}

static const std::string kVolumeModel = "model: {modelFormat: {name: huggingface}, storageUri: pvc://v/m}";

BOOST_AUTO_TEST_CASE(a_worker_has_one_container) {
  BOOST_TEST(multi_node(kVolumeModel + ", workerSpec: {}") == "");
  BOOST_TEST(multi_node(kVolumeModel + ", workerSpec: {containers: [{name: a}, {name: b}]}") ==
             "setting multiple containers in workerSpec is not allowed");
}

BOOST_AUTO_TEST_CASE(parallel_sizes_are_fields_from_1_on) {
  BOOST_TEST(multi_node("workerSpec: {}, model: {modelFormat: {name: x}, env: [{name: TENSOR_PARALLEL_SIZE, value: \"2\"}]}") ==
             "setting TENSOR_PARALLEL_SIZE in environment variables is not allowed");
  BOOST_TEST(multi_node(kVolumeModel + ", workerSpec: {pipelineParallelSize: 0}") ==
             "WorkerSpec.PipelineParallelSize cannot be less than 1(0)");
  BOOST_TEST(multi_node(kVolumeModel + ", workerSpec: {tensorParallelSize: -1}") ==
             "WorkerSpec.TensorParallelSize cannot be less than 1(-1)");
}

BOOST_AUTO_TEST_CASE(a_multi_node_model_comes_from_a_volume_or_an_image) {
  BOOST_TEST(multi_node("workerSpec: {}, model: {modelFormat: {name: x}}") == "StorageURI must be set for multinode enabled");
  BOOST_TEST(multi_node("workerSpec: {}, model: {modelFormat: {name: x}, storageUri: s3://m/x}") ==
             "Multinode only supports 'pvc' and 'oci' Storage Protocol(s3)");
  BOOST_TEST(multi_node("workerSpec: {}, model: {modelFormat: {name: x}, storageUri: /m}") ==
             "Multinode only supports 'pvc' and 'oci' Storage Protocol(/m)");
  BOOST_TEST(multi_node("workerSpec: {}, model: {modelFormat: {name: x}, storageUri: oci://r/m}") == "");
}

BOOST_AUTO_TEST_CASE(a_multi_node_service_is_not_autoscaled) {
  BOOST_TEST(multi_node(kVolumeModel + ", workerSpec: {}", "") == "Multinode only supports 'none' autoscaler()");
  BOOST_TEST(multi_node(kVolumeModel + ", workerSpec: {}", "serving.kserve.io/autoscalerClass: hpa") ==
             "Multinode only supports 'none' autoscaler(hpa)");
}

static std::string with_resource(const std::string& resource, const std::string& more_annotations = "") {
  return multi_node("workerSpec: {containers: [{name: worker-container, resources: {requests: {" + resource + ": 1}}}]}, " + kVolumeModel,
                    "serving.kserve.io/autoscalerClass: none" + more_annotations);
}

BOOST_AUTO_TEST_CASE(other_resources_have_to_be_known_gpus) {
  const std::string unknown =
      "Unknown GPU resource type. Set 'serving.kserve.io/gpu-resource-types' annotation to use custom gpu resource type";
  for (const std::string known :
       {"cpu", "memory", "storage", "ephemeral-storage", "nvidia.com/gpu", "amd.com/gpu", "intel.com/gpu", "habana.ai/gaudi"})
    BOOST_TEST(with_resource(known) == "");
  BOOST_TEST(with_resource("nvidia.com/mig-1g.5gb") == unknown);
  BOOST_TEST(with_resource("acme.com/tpu", ", serving.kserve.io/gpu-resource-types: '[\"acme.com/tpu\"]'") == "");
  BOOST_TEST(with_resource("acme.com/tpu", ", serving.kserve.io/gpu-resource-types: ''") == unknown);
}

BOOST_AUTO_TEST_CASE(the_list_of_gpu_types_is_a_json_array_of_texts) {
  for (const std::string list : {"acme.com/tpu", "[]", "[\"\"]", "[1]", "{}", "null", "[\"a\"] x"})
    BOOST_TEST(with_resource("cpu", ", serving.kserve.io/gpu-resource-types: '" + list + "'") ==
               "invalid GPU format(" + list + ") for serving.kserve.io/gpu-resource-types annotation: must be a valid JSON array");
}

// Canary

static std::string canaries(const std::string& list, const std::string& stable = kModel, const std::string& mode = "Standard") {
  Cluster cluster;
  return cluster.service("{predictor: {" + stable + "}, canary: [" + list + "]}", "{serving.kserve.io/deploymentMode: " + mode + "}")
      .refusal();
}

static std::string canary(const std::string& predictor, int percent = 10) {
  return "{trafficPercent: " + std::to_string(percent) + ", predictor: {" + predictor + "}}";
}

BOOST_AUTO_TEST_CASE(canaries_are_for_standard_mode) {
  BOOST_TEST(canaries(canary("name: v2, " + kModel)) == "");
  BOOST_TEST(canaries(canary("name: v2, " + kModel), kModel, "Knative") == "canary is only supported in Standard deployment mode");
}

BOOST_AUTO_TEST_CASE(the_stable_predictor_of_canaries_has_a_model) {
  BOOST_TEST(canaries(canary("name: v2, " + kModel), "containers: [{name: kserve-container}]") ==
             "canary requires a stable predictor with a model (multi-model serving is not supported with canary)");
  BOOST_TEST(canaries(canary("name: v2, " + kModel), "containers: [{name: kserve-container, env: [{name: STORAGE_URI}]}]") == "");
}

BOOST_AUTO_TEST_CASE(canaries_have_names_of_their_own) {
  BOOST_TEST(canaries(canary(kModel)) == "canary[0] predictor.name is required");
  BOOST_TEST(canaries(canary("name: v2, " + kModel) + "," + canary("name: v2, " + kModel)) == "canary predictor.name \"v2\" is duplicated");
  BOOST_TEST(canaries(canary("name: v1, " + kModel), "name: v1, " + kModel) ==
             "canary predictor.name \"v1\" conflicts with stable predictor name");
}

BOOST_AUTO_TEST_CASE(canary_traffic_is_at_most_100_percent) {
  BOOST_TEST(canaries(canary("name: v2, " + kModel, 60) + "," + canary("name: v3, " + kModel, 50)) ==
             "sum of canary trafficPercent values (110) must be <= 100");
}

BOOST_AUTO_TEST_CASE(a_canary_stands_on_its_own) {
  BOOST_TEST(canaries(canary("name: v2")).rfind("canary \"v2\" predictor: exactly one of [Name, SKLearn,", 0) == 0);
  BOOST_TEST(canaries(canary("name: v2, onnx: {storageUri: s3://m/a.pb}")) ==
             "canary \"v2\" predictor: expected storageUri file extension: '.onnx' but got '.pb'");
  BOOST_TEST(canaries(canary("name: v2, minReplicas: -1, " + kModel)) == "canary \"v2\" predictor: 'MinReplicas' cannot be less than 0");
}

BOOST_AUTO_TEST_CASE(canaries_have_fixed_replicas) {
  BOOST_TEST(canaries(canary("name: v2, workerSpec: {}, " + kModel)) ==
             "canary \"v2\" must not set workerSpec (multi-node is not yet supported for canary)");
  BOOST_TEST(canaries(canary("name: v2, maxReplicas: 3, " + kModel)) ==
             "canary \"v2\" must not set maxReplicas (canary uses fixed replicas)");
  BOOST_TEST(canaries(canary("name: v2, maxReplicas: 0, " + kModel)) == "");
  BOOST_TEST(canaries(canary("name: v2, scaleTarget: 3, " + kModel)) ==
             "canary \"v2\" must not set scaleTarget (canary uses fixed replicas)");
  BOOST_TEST(canaries(canary("name: v2, scaleMetric: cpu, " + kModel)) ==
             "canary \"v2\" must not set scaleMetric (canary uses fixed replicas)");
  BOOST_TEST(canaries(canary("name: v2, autoScaling: {}, " + kModel)) ==
             "canary \"v2\" must not set autoScaling (canary uses fixed replicas)");
}

BOOST_AUTO_TEST_CASE(canary_replicas_are_taken_from_the_stable_ones) {
  BOOST_TEST(canaries(canary("name: v2, minReplicas: 2, " + kModel)) ==
             "canary \"v2\" minReplicas (2) must not exceed stable predictor minReplicas (1)");
  BOOST_TEST(canaries(canary("name: v2, minReplicas: 2, " + kModel), "minReplicas: 3, " + kModel) == "");
}

BOOST_AUTO_TEST_SUITE_END()
