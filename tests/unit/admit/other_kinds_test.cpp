#include <boost/test/unit_test.hpp>

#include "unit/admit/cluster.h"

using namespace isvcc::test;

static std::string admitted(const std::string& kind, const std::string& name, const std::string& spec) {
  Cluster cluster;
  return cluster.admit("{apiVersion: serving.kserve.io/v1alpha1, kind: " + kind + ", metadata: {name: " + name + "}, spec: " + spec + "}")
      .refusal();
}

static std::string graph(const std::string& nodes, const std::string& name = "g") {
  return admitted("InferenceGraph", name, "{nodes: {" + nodes + "}}");
}

static std::string trained_model(const std::string& uri, const std::string& name = "m") {
  return admitted("TrainedModel", name, "{inferenceService: iris, model: {framework: sklearn, memory: 1Gi, storageUri: \"" + uri + "\"}}");
}

BOOST_AUTO_TEST_SUITE(other_kinds)

// InferenceGraph

BOOST_AUTO_TEST_CASE(a_graph_has_a_root) {
  BOOST_TEST(graph("root: {routerType: Sequence, steps: [{serviceName: a}]}") == "");
  BOOST_TEST(graph("start: {routerType: Sequence}") ==
             "root node not found, InferenceGraph needs a node with name 'root' as the root node of the graph");
}

BOOST_AUTO_TEST_CASE(a_graph_name_has_no_dots) {
  BOOST_TEST(graph("root: {routerType: Sequence}", "a.b") ==
             "The InferenceGraph \"a.b\" is invalid: a InferenceGraph name must consist of lower case alphanumeric characters or '-', and "
             "must start "
             "with alphabetical character. (e.g. \"my-name\" or \"abc-123\", regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
}

BOOST_AUTO_TEST_CASE(steps_have_different_names_or_none) {
  BOOST_TEST(graph("root: {routerType: Sequence, steps: [{serviceName: a}, {serviceName: b}]}") == "");
  BOOST_TEST(graph("root: {routerType: Sequence, steps: [{name: x, serviceName: a}, {name: x, serviceName: b}]}") ==
             "Node \"root\" of InferenceGraph \"g\" contains more than one step with name \"x\"");
}

BOOST_AUTO_TEST_CASE(a_step_has_one_target) {
  BOOST_TEST(graph("root: {routerType: Sequence, steps: [{name: x}]}") ==
             "Step 0 (\"x\") in node \"root\" of InferenceGraph \"g\" does not specify an inference target");
  BOOST_TEST(graph("root: {routerType: Sequence, steps: [{serviceName: a, nodeName: b}]}") ==
             "Step 0 (\"\") in node \"root\" of InferenceGraph \"g\" specifies more than one of nodeName, serviceName, serviceUrl");
  BOOST_TEST(graph("root: {routerType: Sequence, steps: [{serviceName: a, nodeName: \"\"}]}") == "");
}

BOOST_AUTO_TEST_CASE(splitter_weights_are_100_together) {
  BOOST_TEST(graph("root: {routerType: Splitter, steps: [{serviceName: a, weight: 60}, {serviceName: b, weight: 40}]}") == "");
  BOOST_TEST(graph("root: {routerType: Splitter, steps: [{serviceName: a}]}") ==
             "InferenceGraph[g] Node[root] Route[a] missing the 'Weight'");
  BOOST_TEST(graph("root: {routerType: Splitter}") ==
             "InferenceGraph[g] Node[root] splitter node: the sum of traffic weights for all routing targets should be 100");
}

BOOST_AUTO_TEST_CASE(each_rule_is_applied_to_all_nodes_by_name_before_the_next) {
  BOOST_TEST(
      graph("root: {routerType: Sequence, steps: [{name: x}]}, a: {routerType: Splitter}, b: {routerType: Sequence, steps: [{name: z}]}") ==
      "Step 0 (\"z\") in node \"b\" of InferenceGraph \"g\" does not specify an inference target");
}

// TrainedModel

BOOST_AUTO_TEST_CASE(a_trained_model_comes_from_one_of_four_schemes) {
  for (const std::string uri : {"s3://m", "gs://m", "https://m", "http://m"}) BOOST_TEST(trained_model(uri) == "");
  BOOST_TEST(trained_model("pvc://a/b") ==
             "the Trained Model \"m\" storageUri field is invalid. The storage uri must start with one of the prefixes: s3://, gs://, "
             "https://, http://. "
             "(the storage uri given is \"pvc://a/b\")");
}

BOOST_AUTO_TEST_CASE(a_trained_model_name_has_no_dots) {
  BOOST_TEST(trained_model("s3://m", "a.b") ==
             "the Trained Model \"a.b\" is invalid: a Trained Model name must consist of alphanumeric characters, '_', or '-'. (e.g. "
             "\"my-Name\" or "
             "\"abc_123\", regex used for validation is '^[a-zA-Z0-9_-]+$')");
}

BOOST_AUTO_TEST_CASE(a_graph_loses_its_status_but_a_runtime_keeps_it) {
  Cluster cluster;
  cluster.admit(
      "{apiVersion: serving.kserve.io/v1alpha1, kind: InferenceGraph, metadata: {name: g}, spec: {nodes: {root: {routerType: Sequence}}}, "
      "status: {url: x}}");
  BOOST_TEST(cluster.at("status") == "");
}

BOOST_AUTO_TEST_CASE(storage_containers_get_the_defaults_of_their_schema) {
  Cluster cluster;
  cluster.admit(
      "{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterStorageContainer, metadata: {name: c}, spec: {container: {name: x}, "
      "supportedUriFormats: [{prefix: \"s3://\"}]}}");
  BOOST_TEST(cluster.at("spec.workloadType") == "\"initContainer\"");
  BOOST_TEST(cluster.at("spec.supportsMultiModelDownload") == "false");
}

BOOST_AUTO_TEST_SUITE_END()
