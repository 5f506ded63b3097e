#include <boost/test/unit_test.hpp>

#include "unit/admit/cluster.h"

using namespace isvcc::test;

static const std::string kModel = "{predictor: {model: {modelFormat: {name: sklearn}, storageUri: s3://m/x}}}";

static Cluster& with_metadata(Cluster& cluster, const std::string& metadata) {
  return cluster.admit("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: " + metadata + ", spec: " + kModel + "}");
}

BOOST_AUTO_TEST_SUITE(admission_of_metadata)

BOOST_AUTO_TEST_CASE(a_namespace_is_filled_in) {
  Cluster cluster;
  BOOST_TEST(with_metadata(cluster, "{name: iris}").at("metadata.namespace") == "\"default\"");
}

BOOST_AUTO_TEST_CASE(what_the_server_owns_is_not_stored) {
  Cluster cluster;
  with_metadata(
      cluster, "{name: iris, namespace: ml, generation: 7, uid: abc, resourceVersion: \"12\", managedFields: [], creationTimestamp: null}");
  BOOST_TEST(cluster.at("metadata") == R"({"annotations":{"modelFormat":"sklearn"},"name":"iris","namespace":"ml"})");
}

BOOST_AUTO_TEST_CASE(a_creation_time_stays) {
  Cluster cluster;
  BOOST_TEST(with_metadata(cluster, "{name: iris, creationTimestamp: \"2024-01-01T00:00:00Z\"}").at("metadata.creationTimestamp") ==
             "\"2024-01-01T00:00:00Z\"");
}

BOOST_AUTO_TEST_CASE(empty_labels_are_not_stored) {
  Cluster cluster;
  BOOST_TEST(with_metadata(cluster, "{name: iris, labels: {}}").at("metadata.labels") == "");
}

BOOST_AUTO_TEST_CASE(an_annotation_has_to_be_a_text) {
  Cluster cluster;
  BOOST_TEST(with_metadata(cluster, "{name: iris, annotations: {a: true}}").staged_refusal() ==
             "schema: json: cannot unmarshal bool into Go struct field ObjectMeta.annotations of type string");
  BOOST_TEST(cluster.first_error().hint == "put the value in quotes: \"true\"");
}

BOOST_AUTO_TEST_CASE(labels_have_to_be_a_map) {
  Cluster cluster;
  BOOST_TEST(with_metadata(cluster, "{name: iris, labels: [a]}").refusal() ==
             "json: cannot unmarshal array into Go struct field ObjectMeta.labels of type map[string]string");
}

BOOST_AUTO_TEST_CASE(an_annotation_without_a_value_is_an_empty_text) {
  Cluster cluster;
  BOOST_TEST(with_metadata(cluster, "{name: iris, annotations: {a: null}}").at("metadata.annotations.a") == "\"\"");
}

BOOST_AUTO_TEST_CASE(names_are_lower_case) {
  Cluster cluster;
  with_metadata(cluster, "{name: Iris}");
  BOOST_TEST(
      cluster.staged_refusal() ==
      "schema: metadata.name: Invalid value: \"Iris\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
      "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
      "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
}

BOOST_AUTO_TEST_CASE(label_values_have_a_form) {
  Cluster cluster;
  with_metadata(cluster, "{name: iris, labels: {team: \"a b\"}}");
  BOOST_TEST(cluster.refusal().substr(0, 41) == "metadata.labels: Invalid value: \"a b\": a ");
}

BOOST_AUTO_TEST_CASE(cluster_scoped_objects_lose_a_namespace) {
  Cluster cluster;
  cluster.admit(
      "{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterServingRuntime, metadata: {name: a, namespace: b}, spec: {containers: [{name: "
      "c}]}}");
  BOOST_TEST(cluster.at("metadata") == R"({"name":"a"})");
}

BOOST_AUTO_TEST_CASE(an_api_version_without_the_kind_is_refused) {
  Cluster cluster;
  cluster.admit("{apiVersion: serving.kserve.io/v1alpha1, kind: InferenceService, metadata: {name: iris}, spec: " + kModel + "}");
  BOOST_TEST(cluster.staged_refusal() == "schema: no matches for kind \"InferenceService\" in version \"serving.kserve.io/v1alpha1\"");
  BOOST_TEST(cluster.first_error().hint == "write apiVersion: serving.kserve.io/v1beta1");
}

BOOST_AUTO_TEST_CASE(a_kind_that_is_not_installed_is_refused) {
  Cluster cluster;
  cluster.absent("TrainedModel").admit("{apiVersion: serving.kserve.io/v1alpha1, kind: TrainedModel, metadata: {name: m}, spec: {}}");
  BOOST_TEST(cluster.refusal() == "no matches for kind \"TrainedModel\" in version \"serving.kserve.io/v1alpha1\"");
}

BOOST_AUTO_TEST_CASE(kinds_without_a_schema_are_stored_as_they_are) {
  Cluster cluster;
  BOOST_TEST(cluster.admit("{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, foo: {}}").at("foo") == "{}");
}

BOOST_AUTO_TEST_SUITE_END()
