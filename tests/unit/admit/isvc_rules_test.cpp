// Names, env variables, storage, confidential models, implementations, extension: one rule, one small input.
#include <boost/test/unit_test.hpp>

#include "unit/admit/cluster.h"

using namespace isvcc::test;

static const std::string kModel = "model: {modelFormat: {name: sklearn}, storageUri: s3://m/x}";
static const std::string kPredictorList =
    "exactly one of [Name, SKLearn, XGBoost, Tensorflow, PyTorch, Triton, ONNX, HuggingFace, PMML, LightGBM, Paddle, Model, StorageUris, "
    "StorageContainerName, WorkerSpec, PodSpec] must be specified in PredictorSpec";

static std::string refusal_of(const std::string& spec, const std::string& annotations = "{}", const char* release = "v0.20.0") {
  Cluster cluster(release);
  return cluster.service(spec, annotations).refusal();
}

// A predictor with a model and these fields beside it.
static std::string beside_model(const std::string& fields, const std::string& annotations = "{}") {
  return refusal_of("{predictor: {" + kModel + ", " + fields + "}}", annotations);
}

// ModelMesh predictors are not converted, so frameworks are validated as they are.
static std::string framework(const std::string& predictor) {
  return refusal_of("{predictor: {" + predictor + "}}", "{serving.kserve.io/deploymentMode: ModelMesh}");
}

BOOST_AUTO_TEST_SUITE(service_rules)

// Names

BOOST_AUTO_TEST_CASE(a_service_name_begins_with_a_letter_and_has_no_dots) {
  for (const std::string name : {"2nd", "iris.v2"}) {
    Cluster cluster;
    cluster.admit("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: " + name + "}, spec: {predictor: {" +
                  kModel + "}}}");
    BOOST_TEST(cluster.refusal() == "the InferenceService \"" + name +
                                        "\" is invalid: a InferenceService name must consist of lower case alphanumeric characters or '-', "
                                        "and must start with alphabetical character. (e.g. \"my-name\" or \"abc-123\", regex used for "
                                        "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
  }
}

BOOST_AUTO_TEST_CASE(the_autoscaler_class_is_one_of_four) {
  for (const std::string name : {"hpa", "external", "keda", "none"})
    BOOST_TEST(refusal_of("{predictor: {" + kModel + "}}", "{serving.kserve.io/autoscalerClass: " + name + "}") == "");
  BOOST_TEST(refusal_of("{predictor: {" + kModel + "}}", "{serving.kserve.io/autoscalerClass: kpa}") ==
             "[kpa] is not a supported autoscaler class type");
}

BOOST_AUTO_TEST_CASE(the_container_of_a_model_has_no_name) {
  BOOST_TEST(refusal_of("{predictor: {model: {name: mine, modelFormat: {name: x}}}}") ==
             "the 'name' field is not allowed in standard predictor");
  BOOST_TEST(refusal_of("{predictor: {sklearn: {name: kserve-container}}}") == "the 'name' field is not allowed in standard predictor");
}

// Environment

BOOST_AUTO_TEST_CASE(pythonpath_is_blocked_everywhere_but_in_canaries) {
  const std::string env = "env: [{name: A}, {name: PYTHONPATH, value: /x}]";
  const auto text = [](const std::string& container) {
    return "the InferenceService \"iris\" is invalid: setting PYTHONPATH in container \"" + container +
           "\" is not allowed for security reasons";
  };
  BOOST_TEST(beside_model("containers: [{name: side, " + env + "}]") == text("side"));
  BOOST_TEST(beside_model("initContainers: [{name: init, " + env + "}]") == text("init"));
  BOOST_TEST(refusal_of("{predictor: {model: {modelFormat: {name: x}, " + env + "}}}") == text(""));
  BOOST_TEST(refusal_of("{predictor: {" + kModel + "}, transformer: {containers: [{name: t, " + env + "}]}}") == text("kserve-container"));
  BOOST_TEST(refusal_of("{predictor: {" + kModel + "}, explainer: {art: {type: SquareAttack, " + env + "}}}") == text("kserve-container"));
  BOOST_TEST(refusal_of("{predictor: {" + kModel +
                            "}, canary: [{trafficPercent: 1, predictor: {name: v2, model: {modelFormat: {name: x}, " + env + "}}}]}",
                        "{serving.kserve.io/deploymentMode: Standard}") == "");
}

BOOST_AUTO_TEST_CASE(container_names_are_quoted_as_go_does) {
  BOOST_TEST(beside_model("containers: [{name: \"a\\tb\", env: [{name: PYTHONPATH}]}]") ==
             "the InferenceService \"iris\" is invalid: setting PYTHONPATH in container \"a\\tb\" is not allowed for security reasons");
}

BOOST_AUTO_TEST_CASE(a_collocated_transformer_has_no_storage_uri) {
  BOOST_TEST(beside_model("containers: [{name: transformer-container, env: [{name: STORAGE_URI, value: s3://m/x}]}]") ==
             "storage uri should not be specified in transformer container");
}

// Storage

BOOST_AUTO_TEST_CASE(one_storage_uri_or_a_list_of_them) {
  const std::string text = "Setting both StorageURI and StorageURIs is not supported.";
  BOOST_TEST(beside_model("storageUris: [{uri: s3://m/a}]") == text);
  BOOST_TEST(
      refusal_of(
          "{predictor: {" + kModel +
          "}, transformer: {containers: [{name: t, env: [{name: STORAGE_URI, value: s3://m/x}]}], storageUris: [{uri: s3://m/a}]}}") ==
      text);
}

static std::string uris(const std::string& list) {
  return refusal_of("{predictor: {model: {modelFormat: {name: x}}, storageUris: [" + list + "]}}");
}

BOOST_AUTO_TEST_CASE(mount_paths_are_below_the_root_without_dots) {
  BOOST_TEST(uris("{uri: s3://m/a, mountPath: /}") == "storage path cannot be empty");
  BOOST_TEST(uris("{uri: s3://m/a, mountPath: /mnt/../etc}") == "storage path cannot contain '..' for security reasons: /mnt/../etc");
}

BOOST_AUTO_TEST_CASE(downloads_share_a_parent) {
  BOOST_TEST(uris("{uri: s3://m/a, mountPath: /mnt/a}, {uri: s3://m/b, mountPath: /mnt/b}") == "");
  BOOST_TEST(uris("{uri: s3://m/a, mountPath: /data/a}, {uri: s3://m/b, mountPath: /mnt/b}") ==
             "storage paths must have a common parent directory. Current paths: [/data/a /mnt/b] have no common parent beyond root");
}

BOOST_AUTO_TEST_CASE(volumes_need_no_common_parent) {
  BOOST_TEST(uris("{uri: pvc://a/m, mountPath: /data/a}, {uri: s3://m/b, mountPath: /mnt/b}") == "");
}

BOOST_AUTO_TEST_CASE(volumes_are_compared_only_beside_two_downloads) {
  const std::string volumes = "{uri: pvc://a/m, mountPath: /v}, {uri: pvc://b/m, mountPath: /v}";
  BOOST_TEST(uris(volumes) == "");
  BOOST_TEST(uris(volumes + ", {uri: s3://m/a, mountPath: /mnt/a}, {uri: s3://m/b, mountPath: /mnt/b}") ==
             "PVC storage paths must be unique");
}

BOOST_AUTO_TEST_CASE(a_path_of_slashes_beside_another_crashes_kserve) {
  BOOST_TEST(uris("{uri: s3://m/a, mountPath: //}, {uri: s3://m/b, mountPath: /mnt/b}") ==
             "panic: runtime error: index out of range [0] with length 0 [recovered]");
}

// Confidential

static Cluster& confidential(Cluster& cluster, const std::string& model) {
  return cluster.service("{predictor: {model: {modelFormat: {name: x}, " + model + "}}}");
}

BOOST_AUTO_TEST_CASE(a_confidential_model_has_a_storage_uri) {
  Cluster cluster;
  BOOST_TEST(confidential(cluster, "confidential: {enabled: true}").refusal() ==
             "confidential model serving requires storageUri to be set");
  BOOST_TEST(confidential(cluster, "confidential: {enabled: false}").refusal() == "");
}

BOOST_AUTO_TEST_CASE(confidential_has_no_effect_on_images_and_volumes) {
  Cluster cluster;
  BOOST_TEST(
      confidential(cluster, "storageUri: oci://r/m, confidential: {enabled: true}").warnings() ==
      std::vector<std::string>{
          "confidential has no effect with OCI URIs; OCI image decryption is handled by the container runtime via runtimeClassName"});
  BOOST_TEST(confidential(cluster, "storageUri: pvc://v/m, confidential: {enabled: true}").warnings() ==
             std::vector<std::string>{"confidential has no effect with PVC URIs; the storage-initializer is not injected for PVC volumes"});
  BOOST_TEST(confidential(cluster, "storageUri: \"oci+native://r/m\", confidential: {enabled: true}").warnings().empty());
}

BOOST_AUTO_TEST_CASE(a_key_has_three_steps) {
  Cluster cluster;
  BOOST_TEST(confidential(cluster, "storageUri: s3://m/x, confidential: {enabled: true, resourceId: \"kbs:///a/b\"}").refusal() ==
             "spec.predictor.confidential.resourceId: Invalid value: \"kbs:///a/b\": must be in the format kbs:///<repo>/<type>/<tag>");
  BOOST_TEST(confidential(cluster, "storageUri: s3://m/x, confidential: {enabled: true, resourceId: \"kbs:///a/b/c\"}").refusal() == "");
}

BOOST_AUTO_TEST_CASE(before_0_20_confidential_is_an_unknown_field) {
  Cluster cluster("v0.19.0");
  BOOST_TEST(confidential(cluster, "confidential: {enabled: true}").accepted());
}

// Implementations

BOOST_AUTO_TEST_CASE(a_predictor_has_exactly_one_implementation) {
  BOOST_TEST(beside_model("containers: [{name: kserve-container}]") == kPredictorList);
  BOOST_TEST(beside_model("containers: [{name: side}]") == "");
  BOOST_TEST(refusal_of("{predictor: {containers: [{name: kserve-container}, {name: kserve-container}]}}") == kPredictorList);
  BOOST_TEST(refusal_of("{predictor: {containers: [{name: a}, {name: b}]}}") == "");
}

BOOST_AUTO_TEST_CASE(before_0_20_the_list_of_fields_is_shorter) {
  BOOST_TEST(refusal_of("{predictor: {sklearn: {storageUri: s3://m/x}, xgboost: {storageUri: s3://m/x}}}", "{}", "v0.19.0") ==
             "exactly one of [SKLearn, XGBoost, Tensorflow, PyTorch, Triton, ONNX, HuggingFace, PMML, LightGBM, Paddle, Model, "
             "StorageUris, WorkerSpec, "
             "PodSpec] must be specified in PredictorSpec");
}

BOOST_AUTO_TEST_CASE(transformers_and_explainers_have_exactly_one_too) {
  BOOST_TEST(refusal_of("{predictor: {" + kModel + "}, transformer: {minReplicas: 1}}") ==
             "exactly one of [PodSpec, ComponentExtensionSpec] must be specified in TransformerSpec");
  BOOST_TEST(refusal_of("{predictor: {" + kModel + "}, explainer: {art: {type: SquareAttack}, containers: [{name: e}]}}") ==
             "exactly one of [ART, PodSpec, ComponentExtensionSpec] must be specified in ExplainerSpec");
}

BOOST_AUTO_TEST_CASE(gpu_versions_go_with_gpus) {
  BOOST_TEST(framework("tensorflow: {runtimeVersion: \"2.6\", resources: {limits: {nvidia.com/gpu: 1}}}") ==
             "Tensorflow RuntimeVersion is not GPU enabled but GPU resources are requested");
  BOOST_TEST(framework("tensorflow: {runtimeVersion: 2.6-gpu}") ==
             "Tensorflow RuntimeVersion is GPU enabled but GPU resources are not requested");
  BOOST_TEST(framework("tensorflow: {runtimeVersion: 2.6-gpu, resources: {limits: {nvidia.com/mig-1g.5gb: 1}}}") == "");
  BOOST_TEST(framework("pytorch: {runtimeVersion: 2.6-gpu}") ==
             "PyTorch RuntimeVersion is GPU enabled but GPU resources are not requested. ");
  BOOST_TEST(framework("pytorch: {resources: {limits: {nvidia.com/gpu: 1}}}") == "");
}

BOOST_AUTO_TEST_CASE(onnx_files_have_their_extension) {
  BOOST_TEST(framework("onnx: {storageUri: s3://m/a.pb}") == "expected storageUri file extension: '.onnx' but got '.pb'");
  BOOST_TEST(framework("onnx: {storageUri: s3://m/a.onnx}") == "");
  BOOST_TEST(framework("onnx: {storageUri: s3://m.b/a}") == "");
}

BOOST_AUTO_TEST_CASE(storage_specs_know_three_types) {
  BOOST_TEST(framework("pmml: {storageUri: gs://m/a, storage: {key: k}}") ==
             "storageUri, must be one of: [s3://, hdfs://, webhdfs://] or match https://{}.blob.core.windows.net/{}/{} or be an absolute "
             "or relative "
             "local path. StorageUri [gs://m/a] is not supported");
  BOOST_TEST(framework("pmml: {storage: {parameters: {type: gs}}}") ==
             "storage.spec.type, must be one of: [s3://, hdfs://, webhdfs://]. storage.spec.type [gs] is not supported");
  BOOST_TEST(framework("pmml: {storage: {parameters: {type: s3}}}") == "");
  BOOST_TEST(framework("sklearn: {storageUri: gs://m/a, storage: {key: k}}") == "");
}

BOOST_AUTO_TEST_CASE(custom_predictors_speak_v1_or_v2) {
  BOOST_TEST(refusal_of("{predictor: {containers: [{name: a, env: [{name: PROTOCOL, value: grpc-v2}]}]}}") ==
             "invalid protocol v1, v2. Must be one of [grpc-v2]");
  BOOST_TEST(refusal_of("{predictor: {containers: [{name: a, env: [{name: PROTOCOL, value: v2}]}]}}") == "");
}

// Extension

BOOST_AUTO_TEST_CASE(replicas_are_in_order) {
  BOOST_TEST(beside_model("containerConcurrency: -1") == "parallelism cannot be less than 0");
  BOOST_TEST(beside_model("minReplicas: -1") == "'MinReplicas' cannot be less than 0");
  BOOST_TEST(beside_model("maxReplicas: -1") == "'MaxReplicas' cannot be less than 0");
  BOOST_TEST(beside_model("minReplicas: 2, maxReplicas: 1") == "'MinReplicas' cannot be greater than MaxReplicas");
  BOOST_TEST(beside_model("minReplicas: 2, maxReplicas: 0") == "");
  BOOST_TEST(beside_model("maxReplicas: 1") == "");
}

BOOST_AUTO_TEST_CASE(a_logger_says_what_it_logs) {
  BOOST_TEST(beside_model("logger: {url: \"http://x\"}") == "invalid logger type");
  BOOST_TEST(beside_model("logger: {mode: all}") == "");
  BOOST_TEST(beside_model("logger: {mode: all, storage: {path: p, key: k}}") == "invalid logger storage configuration");
  BOOST_TEST(beside_model("logger: {mode: all, storage: {path: p, key: k, parameters: {}}}") == "");
}

// Reports

BOOST_AUTO_TEST_CASE(the_message_points_at_the_value) {
  Cluster cluster;
  cluster.service("{predictor: {" + kModel + ", minReplicas: 5, maxReplicas: 3}}");
  BOOST_TEST(cluster.first_error().message == "minReplicas 5 is above maxReplicas 3");
  BOOST_TEST(cluster.first_error().path == "spec.predictor.minReplicas");
  BOOST_TEST(cluster.first_error().span.file == 1u);
}

BOOST_AUTO_TEST_CASE(later_concepts_are_reported_too_without_a_text_of_kserve) {
  Cluster cluster;
  cluster.service("{predictor: {" + kModel + ", minReplicas: -1}}", "{serving.kserve.io/autoscalerClass: kpa}");
  BOOST_REQUIRE_EQUAL(cluster.findings().size(), 2u);
  BOOST_TEST(cluster.findings()[0].upstream == "[kpa] is not a supported autoscaler class type");
  BOOST_TEST(cluster.findings()[1].upstream == "");
  BOOST_TEST(cluster.findings()[1].message == "minReplicas -1 is below 0");
}

BOOST_AUTO_TEST_SUITE_END()
