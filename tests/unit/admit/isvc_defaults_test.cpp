#include <boost/test/unit_test.hpp>

#include "unit/admit/cluster.h"

using namespace isvcc::test;

static const std::string kMode = "metadata.annotations[serving.kserve.io/deploymentMode]";
static const std::string kModel = "{predictor: {model: {modelFormat: {name: sklearn}, storageUri: s3://m/x}}}";

static std::string mode_of(const std::string& annotations, const std::string& default_mode) {
  Cluster cluster;
  cluster.config("{deploy: {defaultDeploymentMode: " + default_mode + "}}");
  return cluster.service(kModel, annotations).at(kMode);
}

static std::string stored_predictor(const std::string& predictor, const std::string& annotations = "{}", const char* release = "v0.20.0") {
  Cluster cluster(release);
  cluster.service("{predictor: " + predictor + "}", annotations);
  return cluster.accepted() ? cluster.at("spec.predictor") : cluster.refusal();
}

BOOST_AUTO_TEST_SUITE(mutating_webhook)

// Deployment mode

BOOST_AUTO_TEST_CASE(legacy_modes_get_their_new_names) {
  BOOST_TEST(mode_of("{serving.kserve.io/deploymentMode: RawDeployment}", "Knative") == "\"Standard\"");
  BOOST_TEST(mode_of("{serving.kserve.io/deploymentMode: Serverless}", "Standard") == "\"Knative\"");
}

BOOST_AUTO_TEST_CASE(the_default_mode_is_written_unless_it_is_knative) {
  BOOST_TEST(mode_of("{}", "Standard") == "\"Standard\"");
  BOOST_TEST(mode_of("{}", "ModelMesh") == "\"ModelMesh\"");
  BOOST_TEST(mode_of("{}", "Knative") == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_mode_stays_with_a_warning) {
  Cluster cluster;
  BOOST_TEST(cluster.service(kModel, "{serving.kserve.io/deploymentMode: Raw}").at(kMode) == "\"Raw\"");
  BOOST_TEST(cluster.warnings().size() == 1u);
}

// Frameworks

BOOST_AUTO_TEST_CASE(a_framework_becomes_a_model) {
  BOOST_TEST(stored_predictor("{sklearn: {storageUri: s3://m/x, runtimeVersion: \"1\"}}") ==
             R"({"model":{"modelFormat":{"name":"sklearn"},"name":"","resources":{},"runtimeVersion":"1","storageUri":"s3://m/x"}})");
}

BOOST_AUTO_TEST_CASE(onnx_triton_and_huggingface_speak_v2) {
  for (const std::string framework : {"onnx", "triton", "huggingface"})
    BOOST_TEST(stored_predictor("{" + framework + ": {storageUri: s3://m/x}}") ==
               R"({"model":{"modelFormat":{"name":")" + framework +
                   R"("},"name":"","protocolVersion":"v2","resources":{},"storageUri":"s3://m/x"}})");
}

BOOST_AUTO_TEST_CASE(a_framework_replaces_a_model) {
  Cluster cluster;
  cluster.service("{predictor: {sklearn: {storageUri: s3://m/a}, model: {modelFormat: {name: onnx}, runtime: r, storageUri: s3://m/b}}}");
  BOOST_TEST(cluster.at("spec.predictor") ==
             R"({"model":{"modelFormat":{"name":"sklearn"},"name":"","resources":{},"storageUri":"s3://m/a"}})");
  BOOST_TEST(cluster.warnings().size() == 1u);
}

BOOST_AUTO_TEST_CASE(of_two_frameworks_one_is_left_and_refused) {
  BOOST_TEST(stored_predictor("{sklearn: {storageUri: s3://m/a}, xgboost: {storageUri: s3://m/b}}").substr(0, 15) == "exactly one of ");
}

BOOST_AUTO_TEST_CASE(zero_values_do_not_survive_the_conversion_of_a_framework) {
  BOOST_TEST(stored_predictor("{sklearn: {storageUri: s3://m/x, image: \"\", args: []}}") ==
             R"({"model":{"modelFormat":{"name":"sklearn"},"name":"","resources":{},"storageUri":"s3://m/x"}})");
}

BOOST_AUTO_TEST_CASE(triton_and_vllm_models_speak_v2_but_onnx_does_not) {
  BOOST_TEST(stored_predictor("{model: {modelFormat: {name: triton}}}") ==
             R"({"model":{"modelFormat":{"name":"triton"},"name":"","protocolVersion":"v2","resources":{}}})");
  BOOST_TEST(stored_predictor("{model: {modelFormat: {name: vLLM}}}") ==
             R"({"model":{"modelFormat":{"name":"vLLM"},"name":"","protocolVersion":"v2","resources":{}}})");
  BOOST_TEST(stored_predictor("{model: {modelFormat: {name: onnx}}}") ==
             R"({"model":{"modelFormat":{"name":"onnx"},"name":"","resources":{}}})");
  BOOST_TEST(stored_predictor("{model: {modelFormat: {name: vLLM}}}", "{}", "v0.19.0") ==
             R"({"model":{"modelFormat":{"name":"vLLM"},"name":"","resources":{}}})");
}

BOOST_AUTO_TEST_CASE(the_model_format_is_an_annotation_that_users_may_preset) {
  Cluster cluster;
  BOOST_TEST(cluster.service(kModel).at("metadata.annotations.modelFormat") == "\"sklearn\"");
  BOOST_TEST(cluster.service(kModel, "{modelFormat: mine}").at("metadata.annotations.modelFormat") == "\"mine\"");
}

BOOST_AUTO_TEST_CASE(model_mesh_by_annotation_leaves_frameworks_alone) {
  BOOST_TEST(stored_predictor("{sklearn: {storageUri: s3://m/x}}", "{serving.kserve.io/deploymentMode: ModelMesh}") ==
             R"({"sklearn":{"name":"","resources":{},"storageUri":"s3://m/x"}})");
}

// Zero values

BOOST_AUTO_TEST_CASE(zero_values_of_the_author_stay_since_0_20) {
  const std::string predictor = "{maxReplicas: 0, hostIPC: false, model: {modelFormat: {name: x}, args: []}}";
  BOOST_TEST(stored_predictor(predictor) ==
             R"({"hostIPC":false,"maxReplicas":0,"model":{"args":[],"modelFormat":{"name":"x"},"name":"","resources":{}}})");
  BOOST_TEST(stored_predictor(predictor, "{}", "v0.19.0") == R"({"model":{"modelFormat":{"name":"x"},"name":"","resources":{}}})");
}

// Custom predictors, transformers, explainers

BOOST_AUTO_TEST_CASE(a_single_container_is_renamed_and_gets_resources) {
  BOOST_TEST(
      stored_predictor("{containers: [{name: mine, image: i}]}") ==
      R"({"containers":[{"image":"i","name":"kserve-container","resources":{"limits":{"cpu":"1","memory":"2Gi"},"requests":{"cpu":"1","memory":"2Gi"}}}]})");
}

BOOST_AUTO_TEST_CASE(of_several_containers_only_a_nameless_first_one_is_renamed) {
  Cluster cluster;
  cluster.config("{inferenceService: {resource: {cpuRequest: \"\", memoryRequest: \"\", cpuLimit: \"\", memoryLimit: \"\"}}}");
  BOOST_TEST(cluster.service("{predictor: {containers: [{name: a}, {name: b}]}}").at("spec.predictor.containers") ==
             R"([{"name":"a","resources":{}},{"name":"b","resources":{}}])");
  BOOST_TEST(cluster.service("{predictor: {containers: [{image: a}, {name: b}]}}").at("spec.predictor.containers") ==
             R"([{"image":"a","name":"kserve-container","resources":{}},{"name":"b","resources":{}}])");
}

BOOST_AUTO_TEST_CASE(each_missing_resource_is_filled_in_by_itself) {
  BOOST_TEST(
      stored_predictor("{containers: [{resources: {limits: {cpu: 500m}}}]}") ==
      R"({"containers":[{"name":"kserve-container","resources":{"limits":{"cpu":"500m","memory":"2Gi"},"requests":{"cpu":"1","memory":"2Gi"}}}]})");
}

BOOST_AUTO_TEST_CASE(model_predictors_get_no_resources) {
  BOOST_TEST(stored_predictor("{model: {modelFormat: {name: x}, resources: {limits: {cpu: 1000m}}}}") ==
             R"({"model":{"modelFormat":{"name":"x"},"name":"","resources":{"limits":{"cpu":"1"}}}})");
}

BOOST_AUTO_TEST_CASE(the_first_container_of_a_transformer_is_always_renamed) {
  Cluster cluster;
  cluster.service("{predictor: {model: {modelFormat: {name: x}}}, transformer: {containers: [{name: a}, {name: b}]}}");
  BOOST_TEST(cluster.at("spec.transformer.containers[0].name") == "\"kserve-container\"");
  BOOST_TEST(cluster.at("spec.transformer.containers[0].resources.limits.memory") == "\"2Gi\"");
  BOOST_TEST(cluster.at("spec.transformer.containers[1]") == R"({"name":"b","resources":{}})");
}

BOOST_AUTO_TEST_CASE(an_art_explainer_gets_a_name_and_the_configured_version) {
  Cluster cluster;
  cluster.config("{explainers: {art: {image: art, defaultImageVersion: v9}}}");
  cluster.service("{predictor: {model: {modelFormat: {name: x}}}, explainer: {art: {type: SquareAttack}}}");
  BOOST_TEST(cluster.at("spec.explainer.art.name") == "\"kserve-container\"");
  BOOST_TEST(cluster.at("spec.explainer.art.runtimeVersion") == "\"v9\"");
  BOOST_TEST(cluster.at("spec.explainer.art.resources.requests.cpu") == "\"1\"");
}

BOOST_AUTO_TEST_CASE(canaries_are_left_alone) {
  Cluster cluster;
  cluster.service(
      "{predictor: {model: {modelFormat: {name: x}, storageUri: s3://m/a}}, canary: [{trafficPercent: 10, predictor: {name: v2, sklearn: "
      "{storageUri: s3://m/b}}}]}",
      "{serving.kserve.io/deploymentMode: Standard}");
  BOOST_TEST(cluster.at("spec.canary[0].predictor") == R"({"name":"v2","sklearn":{"name":"","resources":{},"storageUri":"s3://m/b"}})");
}

BOOST_AUTO_TEST_CASE(a_predictor_without_anything_crashes_kserve) {
  Cluster cluster;
  BOOST_TEST(cluster.service("{predictor: {minReplicas: 1}}").staged_refusal() ==
             "defaulting: panic: runtime error: index out of range [0] with length 0 [recovered]");
  BOOST_TEST(cluster.first_error().message == "the predictor has nothing to serve");
  BOOST_TEST(cluster.service("{}").staged_refusal() ==
             "defaulting: panic: runtime error: index out of range [0] with length 0 [recovered]");
}

// Configuration

BOOST_AUTO_TEST_CASE(service_account_tokens_are_not_mounted_when_security_says_so) {
  Cluster cluster;
  cluster.config("{security: {autoMountServiceAccountToken: false}}");
  cluster.service(
      "{predictor: {automountServiceAccountToken: true, model: {modelFormat: {name: x}}}, transformer: {containers: [{name: a}]}}");
  BOOST_TEST(cluster.at("spec.predictor.automountServiceAccountToken") == "true");
  BOOST_TEST(cluster.at("spec.transformer.automountServiceAccountToken") == "false");
}

BOOST_AUTO_TEST_CASE(a_config_key_that_does_not_parse_refuses_every_service) {
  Cluster cluster;
  cluster.config("{deploy: {defaultDeploymentMode: Raw}}");
  BOOST_TEST(cluster.service(kModel).staged_refusal() ==
             "defaulting: invalid deployment mode. Supported modes are Knative, Standard and ModelMesh");
}

BOOST_AUTO_TEST_CASE(a_default_resource_that_is_no_quantity_crashes_kserve_for_custom_predictors_only) {
  Cluster cluster;
  cluster.config("{inferenceService: {resource: {cpuLimit: \"1x\"}}}");
  BOOST_TEST(cluster.service(kModel).accepted());
  BOOST_TEST(cluster.service("{predictor: {containers: [{name: a}]}}").staged_refusal() ==
             "defaulting: panic: cannot parse '1x': quantities must match the regular expression "
             "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' [recovered]");
}

BOOST_AUTO_TEST_CASE(a_status_is_dropped) {
  Cluster cluster;
  cluster.admit("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: iris}, spec: " + kModel +
                ", status: {url: \"http://x\"}}");
  BOOST_TEST(cluster.at("status") == "");
}

BOOST_AUTO_TEST_SUITE_END()
