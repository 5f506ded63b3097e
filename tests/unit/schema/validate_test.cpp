// Structural validation, in the API server's words.
#include <boost/test/unit_test.hpp>

#include "checked.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

std::string container(const std::string& fields) { return refusal(runtime("{containers: [{name: x, " + fields + "}]}")); }
constexpr std::string_view root = "{nodes: {root: {routerType: Sequence}}, ";
std::string of_graph(const std::string& fields) { return refusal(graph(std::string(root) + fields + "}")); }

}  // namespace

BOOST_AUTO_TEST_CASE(a_missing_required_field) { BOOST_TEST(refusal(runtime("{}")) == "spec.containers: Required value"); }

BOOST_AUTO_TEST_CASE(a_text_where_a_number_belongs) {
  BOOST_TEST(container("ports: [{containerPort: '80'}]") ==
             R"(spec.containers[0].ports[0].containerPort: Invalid value: "string": spec.containers[0].ports[0].containerPort in body must be of type integer: "string")");
}

BOOST_AUTO_TEST_CASE(a_number_with_a_fraction_is_no_whole_number) {
  BOOST_TEST(of_graph("timeout: 2.5") ==
             "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in spec.timeout\n"
             "spec.timeout: Invalid value: \"number\": spec.timeout in body must be of type integer: \"number\"");
}

BOOST_AUTO_TEST_CASE(a_whole_number_written_with_a_point_is_one) { BOOST_TEST(of_graph("timeout: 3.0") == ""); }

BOOST_AUTO_TEST_CASE(int32_is_not_bounded_by_the_api_server) { BOOST_TEST(container("ports: [{containerPort: 3000000000}]") == ""); }

BOOST_AUTO_TEST_CASE(a_value_outside_the_enumeration) {
  BOOST_TEST(of_graph("scaleMetric: gpu") == R"(spec.scaleMetric: Unsupported value: "gpu": supported values: "cpu", "memory", "concurrency", "rps")");
}

BOOST_AUTO_TEST_CASE(a_wrong_type_is_also_outside_the_enumeration) {
  BOOST_TEST(of_graph("scaleMetric: 5") ==
             "spec.scaleMetric: Invalid value: \"integer\": spec.scaleMetric in body must be of type string: \"integer\"\n"
             "spec.scaleMetric: Unsupported value: 5: supported values: \"cpu\", \"memory\", \"concurrency\", \"rps\"");
}

BOOST_AUTO_TEST_CASE(a_text_that_does_not_match_its_pattern) {
  BOOST_TEST(refusal(service("{predictor: {name: V2}}")) ==
             R"(spec.predictor.name: Invalid value: "V2": spec.predictor.name in body should match '^[a-z]([-a-z0-9]*[a-z0-9])?$')");
}

BOOST_AUTO_TEST_CASE(a_number_below_its_minimum) {
  BOOST_TEST(refusal(runtime("{containers: [], supportedModelFormats: [{name: a, priority: 0}]}")) ==
             "spec.supportedModelFormats[0].priority: Invalid value: 0: spec.supportedModelFormats[0].priority in body should be greater than or equal to 1");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_and_one_that_is_too_short) {
  BOOST_TEST(refusal(service("{predictor: {storageUris: [{uri: '', mountPath: /" + std::string(300, 'a') + "}]}}")) ==
             "spec.predictor.storageUris[0].mountPath: Too long: may not be more than 255 bytes\n"
             "spec.predictor.storageUris[0].uri: Invalid value: \"\": spec.predictor.storageUris[0].uri in body should be at least 1 chars long");
}

BOOST_AUTO_TEST_CASE(length_counts_characters) { BOOST_TEST(refusal(service("{predictor: {storageUris: [{uri: a, mountPath: /" + std::string(250, 'a') + "ééé}]}}")) == ""); }

BOOST_AUTO_TEST_CASE(a_list_with_too_few_items) {
  BOOST_TEST(refusal(service("{predictor: {storageUris: []}}")) == "spec.predictor.storageUris: Invalid value: 0: spec.predictor.storageUris in body should have at least 1 items");
}

BOOST_AUTO_TEST_CASE(keys_of_a_list_map_differ_and_each_repetition_is_told_once) {
  BOOST_TEST(container("env: [{name: A}, {name: A}, {name: A}]") == R"(spec.containers[0].env[1]: Duplicate value: {"name":"A"})");
  BOOST_TEST(container("ports: [{containerPort: 1, protocol: TCP}, {containerPort: 1, protocol: UDP}, {containerPort: 1, protocol: TCP}]") ==
             R"(spec.containers[0].ports[2]: Duplicate value: {"containerPort":1,"protocol":"TCP"})");
}

BOOST_AUTO_TEST_CASE(containers_may_share_a_name) { BOOST_TEST(refusal(runtime("{containers: [{name: a}, {name: a}]}")) == ""); }

BOOST_AUTO_TEST_CASE(items_of_a_set_differ) {
  BOOST_TEST(container("restartPolicyRules: [{action: a, exitCodes: {operator: In, values: [1, 2, 1]}}]") ==
             "spec.containers[0].restartPolicyRules[0].exitCodes.values[2]: Duplicate value: 1");
}

BOOST_AUTO_TEST_CASE(an_item_of_a_list_map_must_be_a_map) {
  BOOST_TEST(container("env: [a]") ==
             "spec.containers[0].env[0]: Invalid value: \"a\": must be an object for an array of list-type map\n"
             "spec.containers[0].env[0]: Invalid value: \"string\": spec.containers[0].env[0] in body must be of type object: \"string\"");
}

BOOST_AUTO_TEST_CASE(a_quantity_may_be_a_number_or_a_text_in_its_pattern) {
  BOOST_TEST(container("resources: {limits: {cpu: 1, memory: 1.5Gi, a: 1e3, b: -2}}") == "");
  BOOST_TEST(container("resources: {limits: {cpu: 1 Gi}}").starts_with(R"(spec.containers[0].resources.limits.cpu: Invalid value: "1 Gi": spec.containers[0].resources.limits.cpu in body should match)"));
}

BOOST_AUTO_TEST_CASE(neither_alternative_of_int_or_string_fits_a_boolean) {
  BOOST_TEST(container("readinessProbe: {tcpSocket: {port: true}}") ==
             "<nil>: Invalid value: \"\": \"spec.containers[0].readinessProbe.tcpSocket.port\" must validate at least one schema (anyOf)\n"
             "spec.containers[0].readinessProbe.tcpSocket.port: Invalid value: \"boolean\": spec.containers[0].readinessProbe.tcpSocket.port in body must be of type integer,string: \"boolean\"\n"
             "spec.containers[0].readinessProbe.tcpSocket.port: Invalid value: \"boolean\": spec.containers[0].readinessProbe.tcpSocket.port in body must be of type integer: \"boolean\"");
}

BOOST_AUTO_TEST_CASE(a_null_in_a_list_has_the_wrong_type) {
  BOOST_TEST(container("args: [null]") == R"(spec.containers[0].args[0]: Invalid value: "null": spec.containers[0].args[0] in body must be of type string: "null")");
}

BOOST_AUTO_TEST_CASE(keys_of_a_free_map_are_written_with_a_point) {
  BOOST_TEST(refusal(runtime("{containers: [], nodeSelector: {a.b/c: 1}}")) ==
             R"(spec.nodeSelector.a.b/c: Invalid value: "integer": spec.nodeSelector.a.b/c in body must be of type string: "integer")");
}

BOOST_AUTO_TEST_CASE(the_port_of_a_probe_is_optional_only_below_the_stable_predictor) {
  const std::string probe = "{model: {name: m, modelFormat: {name: f}, readinessProbe: {httpGet: {path: /}}}}";
  BOOST_TEST(refusal(service("{predictor: " + probe + "}")) == "");
  BOOST_TEST(refusal(service("{predictor: {}, canary: [{trafficPercent: 1, predictor: " + probe + "}]}")) ==
             "spec.canary[0].predictor.model.readinessProbe.httpGet.port: Required value");
}

BOOST_AUTO_TEST_CASE(rules_are_not_checked_while_other_errors_stand) {
  const std::string cache = "{apiVersion: serving.kserve.io/v1alpha1, kind: LocalModelCache, metadata: {name: a}, spec: {modelSize: 1Gi, nodeGroups: [a]}}";
  BOOST_TEST(refusal(cache) ==
             "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation\n"
             "spec.sourceModelUri: Required value");
}

BOOST_AUTO_TEST_CASE(a_finding_points_at_the_value_and_hints_at_the_nearest_word) {
  Checked checked;
  const View object = checked.yaml(graph("{nodes: {root: {routerType: Sequense}}}"));
  BOOST_TEST(!validate(object, checked.schema_of(object), checked.scratch()));
  const Diagnostic& found = checked.findings().front();
  BOOST_TEST(found.path == "spec.nodes[root].routerType");
  BOOST_TEST(found.hint == "did you mean 'Sequence'?");
}

BOOST_AUTO_TEST_CASE(a_thousand_errors_are_cut_short) {
  std::string items;
  for (int i = 0; i < 5000; ++i) items += "1, ";
  Checked checked;
  const View object = checked.yaml(runtime("{containers: [" + items + "]}"));
  BOOST_TEST(!validate(object, checked.schema_of(object), checked.scratch()));
  BOOST_TEST(checked.findings().size() < 1000u);
}
