#include <boost/test/unit_test.hpp>

#include "unit/admit/cluster.h"

using namespace isvcc;
using namespace isvcc::test;

static std::string runtime(const std::string& name, const std::string& spec, const std::string& kind = "ClusterServingRuntime") {
  return "{apiVersion: serving.kserve.io/v1alpha1, kind: " + kind + ", metadata: {name: " + name +
         "}, spec: {containers: [{name: kserve-container}], " + spec + "}}";
}

static const std::string kV1 = "protocolVersions: [v1]";
static const std::string kSklearn3 = "supportedModelFormats: [{name: sklearn, version: \"1\", autoSelect: true, priority: 3}]";

static std::string against(const std::string& existing, const std::string& spec) {
  Cluster cluster;
  cluster.add(runtime("one", existing));
  return cluster.admit(runtime("two", spec)).refusal();
}

static std::string alone(const std::string& spec) {
  Cluster cluster;
  return cluster.admit(runtime("two", spec)).refusal();
}

BOOST_AUTO_TEST_SUITE(runtime_rules)

BOOST_AUTO_TEST_CASE(two_runtimes_cannot_claim_a_format_with_one_priority) {
  const std::string text = "same priority assigned for the model format sklearn in the clusterservingruntimes one and two";
  BOOST_TEST(against(kV1 + ", " + kSklearn3, kV1 + ", " + kSklearn3) == text);
  BOOST_TEST(against("protocolVersions: [v2, v1], " + kSklearn3, kV1 + ", " + kSklearn3) == text);
  BOOST_TEST(against(kV1 + ", supportedModelFormats: [{name: SKLearn, version: \"1\", autoSelect: true, priority: 3}]",
                     kV1 + ", " + kSklearn3) == text);
}

BOOST_AUTO_TEST_CASE(claims_differ_by_protocol_version_priority_and_selection) {
  BOOST_TEST(against("protocolVersions: [v2], " + kSklearn3, kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kSklearn3, kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kV1 + ", supportedModelFormats: [{name: sklearn, autoSelect: true, priority: 3}]", kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kV1 + ", supportedModelFormats: [{name: sklearn, version: \"1\", autoSelect: true, priority: 2}]",
                     kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kV1 + ", supportedModelFormats: [{name: sklearn, version: \"1\", autoSelect: true}]", kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kV1 + ", supportedModelFormats: [{name: sklearn, version: \"1\", priority: 3}]", kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kV1 + ", multiModel: true, " + kSklearn3, kV1 + ", " + kSklearn3) == "");
  BOOST_TEST(against(kV1 + ", disabled: true, " + kSklearn3, kV1 + ", " + kSklearn3) == "");
}

BOOST_AUTO_TEST_CASE(a_disabled_runtime_is_not_checked) {
  BOOST_TEST(against(kV1 + ", " + kSklearn3, kV1 + ", disabled: true, " + kSklearn3) == "");
}

BOOST_AUTO_TEST_CASE(the_text_names_the_format_as_the_new_runtime_writes_it) {
  BOOST_TEST(
      against(kV1 + ", " + kSklearn3, kV1 + ", supportedModelFormats: [{name: SKLearn, version: \"1\", autoSelect: true, priority: 3}]") ==
      "same priority assigned for the model format SKLearn in the clusterservingruntimes one and two");
}

BOOST_AUTO_TEST_CASE(namespaced_runtimes_are_compared_in_their_namespace) {
  Cluster cluster;
  cluster.add(runtime("one", kV1 + ", " + kSklearn3, "ServingRuntime"));
  BOOST_TEST(cluster.admit(runtime("two", kV1 + ", " + kSklearn3, "ServingRuntime")).refusal() ==
             "same priority assigned for the model format sklearn in the servingruntimes one and two in namespace default");
  BOOST_TEST(cluster.admit(runtime("two", kV1 + ", " + kSklearn3)).refusal() == "");
}

BOOST_AUTO_TEST_CASE(a_format_has_one_priority_unless_the_runtime_is_the_first) {
  const std::string uneven = kV1 +
                             ", supportedModelFormats: [{name: a, version: \"1\", autoSelect: true, priority: 1}, {name: a, version: "
                             "\"2\", autoSelect: true, priority: 2}]";
  BOOST_TEST(alone(uneven) == "");
  BOOST_TEST(against(kV1, uneven) == "different priorities assigned for the model format a under the clusterservingruntime two");
}

BOOST_AUTO_TEST_CASE(of_many_runtimes_the_later_one_in_source_order_is_refused) {
  Cluster cluster;
  for (const std::string name : {"c", "b", "a"}) cluster.add(runtime(name, kV1 + ", " + kSklearn3));
  const auto runtimes = cluster.repository().everything();
  const auto admissions = admit_runtimes(runtimes, cluster.profile(), cluster.scratch());
  BOOST_TEST(admissions[0].accepted());
  BOOST_TEST(!admissions[1].accepted());
  BOOST_TEST(!admissions[2].accepted());
}

BOOST_AUTO_TEST_CASE(a_refused_runtime_is_in_nobodys_way) {
  Cluster cluster;
  cluster.add(runtime("a", kV1 + ", " + kSklearn3 + ", workerSpec: {containers: [{name: x}, {name: y}]}"));
  cluster.add(runtime("b", kV1 + ", " + kSklearn3));
  const auto runtimes = cluster.repository().everything();
  const auto admissions = admit_runtimes(runtimes, cluster.profile(), cluster.scratch());
  BOOST_TEST(!admissions[0].accepted());
  BOOST_TEST(admissions[1].accepted());
}

// Multi-node

BOOST_AUTO_TEST_CASE(a_worker_has_exactly_one_container) {
  BOOST_TEST(alone("workerSpec: {containers: [{name: a}, {name: b}]}") ==
             "the ClusterServingRuntime two is invalid: setting multiple containers in workerSpec is not allowed");
  BOOST_TEST(alone("workerSpec: {containers: []}") == "panic: runtime error: index out of range [0] with length 0 [recovered]");
}

BOOST_AUTO_TEST_CASE(parallel_sizes_of_runtimes_are_fields_from_1_on) {
  const std::string start = "the ClusterServingRuntime two is invalid: ";
  BOOST_TEST(alone("workerSpec: {pipelineParallelSize: 0, containers: [{name: a}]}") ==
             start + "the WorkerSpec.PipelineParallelSize cannot be less than 1(0)");
  BOOST_TEST(alone("workerSpec: {tensorParallelSize: 0, containers: [{name: a}]}") ==
             start + "the WorkerSpec.TensorParallelSize cannot be less than 1(0)");
}

BOOST_AUTO_TEST_CASE(resources_of_multi_node_containers_are_known_gpus) {
  const std::string start = "the ClusterServingRuntime two is invalid: ", resources = "resources: {limits: {acme.com/tpu: 1}}";
  BOOST_TEST(alone("workerSpec: {containers: [{name: worker-container, " + resources + "}]}") ==
             start + "unknown GPU resource type in a container(worker-container)");
  BOOST_TEST(alone("workerSpec: {containers: [{name: other, " + resources + "}]}") == "");
  BOOST_TEST(
      alone(
          "annotations: {serving.kserve.io/gpu-resource-types: '[\"acme.com/tpu\"]'}, workerSpec: {containers: [{name: worker-container, " +
          resources + "}]}") == "");
  BOOST_TEST(alone("annotations: {serving.kserve.io/gpu-resource-types: tpu}, workerSpec: {containers: [{name: worker-container}]}") ==
             start + "invalid GPU format(tpu) for serving.kserve.io/gpu-resource-types annotation: must be a valid JSON array");
}

BOOST_AUTO_TEST_CASE(size_variables_of_the_head_are_not_allowed) {
  Cluster cluster;
  cluster.admit(
      "{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: r}, spec: {containers: [{name: kserve-container, "
      "env: [{name: PIPELINE_PARALLEL_SIZE}]}], workerSpec: {containers: [{name: a}]}}}");
  BOOST_TEST(cluster.refusal() ==
             "the ServingRuntime r is invalid: setting PIPELINE_PARALLEL_SIZE in environment variables is not allowed");
}

// Env

BOOST_AUTO_TEST_CASE(runtimes_cannot_set_pythonpath) {
  BOOST_TEST(alone("workerSpec: {containers: [{name: w, env: [{name: PYTHONPATH}]}]}") ==
             "the ClusterServingRuntime \"two\" is invalid: setting PYTHONPATH in container \"w\" is not allowed for security reasons");
}

BOOST_AUTO_TEST_CASE(a_malformed_quantity_is_refused) {
  BOOST_TEST(alone("workerSpec: {containers: [{name: w, resources: {limits: {cpu: 1x}}}]}") != "");
}

BOOST_AUTO_TEST_SUITE_END()
