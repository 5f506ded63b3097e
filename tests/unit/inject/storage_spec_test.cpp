#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

constexpr std::string_view kSecret = R"(
apiVersion: v1
kind: Secret
metadata: {name: storage-config}
stringData:
  minio: '{"type": "s3", "bucket": "models", "cabundle_configmap": "ca"}'
  bare: '{"type": "s3"}'
  hdfs: '{"type": "hdfs"}'
  gcs: '{"type": "gcs"}'
  broken: 'no json'
  numbers: '{"type": 1}'
  default_s3: '{"type": "s3", "bucket": "fallback"}'
)";

std::string pod_with_storage(std::string_view key, std::string_view parameters, std::string_view path = "a/b") {
  return pod(cat(
      "internal.serving.kserve.io/storage-spec: 'true', internal.serving.kserve.io/storage-initializer-sourceuri: '<scheme-placeholder>://",
      path, "'", key.empty() ? "" : cat(", internal.serving.kserve.io/storage-spec-key: ", key),
      parameters.empty() ? "" : cat(", internal.serving.kserve.io/storage-spec-param: '", parameters, "'")));
}

std::string error_of(std::string_view key, std::string_view parameters = "") {
  World w;
  w.add(kSecret).mutate(pod_with_storage(key, parameters));
  return w.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(storage_spec)

BOOST_AUTO_TEST_CASE(the_secrets_entry_gives_type_bucket_and_ca_bundle) {
  World w;
  w.add(kSecret).mutate(pod_with_storage("minio", ""));
  BOOST_TEST(w.at("spec.initContainers[0].args[0]") == "\"s3://models/a/b\"");
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") == yaml("{name: AWS_CA_BUNDLE_CONFIGMAP, value: ca}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[1]") ==
             yaml("{name: STORAGE_CONFIG, valueFrom: {secretKeyRef: {name: storage-config, key: minio}}}"));
  BOOST_TEST(w.at("spec.volumes[1]") == yaml("{name: cabundle-cert, configMap: {name: ca}}"));
}

BOOST_AUTO_TEST_CASE(a_type_among_the_parameters_hides_the_secrets_bucket) {
  BOOST_TEST(error_of("minio", R"({"type":"s3"})") == "format [s3] requires a bucket but one wasn't found in storage data or parameters");
}

BOOST_AUTO_TEST_CASE(parameters_override_and_are_passed_on_as_json) {
  World w;
  w.add(kSecret).mutate(pod_with_storage("bare", R"({"region":"<eu>","bucket":"b"})"));
  BOOST_TEST(w.at("spec.initContainers[0].args[0]") == "\"s3://b/a/b\"");
  BOOST_TEST(w.at("spec.initContainers[0].env[1]") ==
             yaml(R"({name: STORAGE_OVERRIDE_CONFIG, value: '{"bucket":"b","region":"\u003ceu\u003e"}'})"));
}

BOOST_AUTO_TEST_CASE(types_without_buckets_keep_the_path) {
  World w;
  w.add(kSecret).mutate(pod_with_storage("hdfs", ""));
  BOOST_TEST(w.at("spec.initContainers[0].args[0]") == "\"hdfs://a/b\"");
}

BOOST_AUTO_TEST_CASE(without_a_key_the_default_of_the_type_is_tried) {
  World w;
  w.add(kSecret).mutate(pod_with_storage("", R"({"type":"s3","bucket":"b"})"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") ==
             yaml("{name: STORAGE_CONFIG, valueFrom: {secretKeyRef: {name: storage-config, key: default_s3}}}"));
}

BOOST_AUTO_TEST_CASE(without_a_key_the_secret_may_be_missing) {
  World w;
  w.mutate(pod_with_storage("", R"({"type":"webhdfs"})"));
  BOOST_TEST(w.at("spec.initContainers[0].args[0]") == "\"webhdfs://a/b\"");
  BOOST_TEST(w.at("spec.initContainers[0].env[0].name") == "\"STORAGE_OVERRIDE_CONFIG\"");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_resolved_refuses_the_pod) {
  BOOST_TEST(error_of("none") == "specified storage key none not found in storage secret storage-config");
  BOOST_TEST(error_of("") == "unable to determine storage type");
  BOOST_TEST(error_of("gcs") == "storage type must be one of [s3, hdfs, webhdfs]. storage type [gcs] is not supported");
  BOOST_TEST(error_of("bare") == "format [s3] requires a bucket but one wasn't found in storage data or parameters");
  BOOST_TEST(starts_with(error_of("broken"), "invalid json encountered in key broken of storage secret storage-config: "));
  BOOST_TEST(starts_with(error_of("numbers"), "invalid json encountered in key numbers of storage secret storage-config: "));
  BOOST_TEST(error_of("minio", "no json") != "");
}

BOOST_AUTO_TEST_CASE(a_missing_secret_is_an_error_when_a_key_was_asked_for) {
  World w;
  w.mutate(pod_with_storage("k", ""));
  BOOST_TEST(w.error() == "can't read storage secret storage-config: secrets \"storage-config\" not found");
}

BOOST_AUTO_TEST_CASE(an_annotation_names_another_secret) {
  World w;
  w.add("{apiVersion: v1, kind: Secret, metadata: {name: mine}, stringData: {k: '{\"type\": \"hdfs\"}'}}");
  w.mutate(
      pod("internal.serving.kserve.io/storage-spec: 'true', internal.serving.kserve.io/storage-spec-key: k, "
          "serving.kserve.io/storageSecretName: mine, "
          "internal.serving.kserve.io/storage-initializer-sourceuri: '<scheme-placeholder>://x'"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0].valueFrom.secretKeyRef.name") == "\"mine\"");
}

BOOST_AUTO_TEST_SUITE_END()
