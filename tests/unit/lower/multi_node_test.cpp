#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct GroupsAsDeployments : IrisWorld {
  GroupsAsDeployments() { profile().multi_node = MultiNode::Deployments; }
  GroupsAsDeployments& multi_node(const std::string& worker = "", const std::string& rest = "") {
    predictor("{labels: {isvc.generation: '7'}, annotations: {serving.kserve.io/autoscalerClass: none}" + rest +
              ", worker: {labels: {isvc.generation: '7'}, annotations: {w: x}, nodes: 3, headGpus: 2, workerGpus: 0" + worker + "}}");
    lower();
    return *this;
  }
};

BOOST_FIXTURE_TEST_CASE(head_and_workers_get_headless_services_named_after_the_generation, GroupsAsDeployments) {
  multi_node();
  BOOST_TEST(names() == "Service iris-predictor, Service iris-head-7, Service iris-workers-7, Deployment iris-predictor, Deployment iris-predictor-worker, Ingress iris");
  BOOST_TEST(at("Service", "iris-head-7", "spec") ==
             R"({"clusterIP":"None","publishNotReadyAddresses":true,"selector":{"app":"isvc.iris-predictor","isvc.generation":"7"}})");
  BOOST_TEST(at("Service", "iris-workers-7", "spec.selector.app") == R"("isvc.iris-predictor-worker")");
}

BOOST_FIXTURE_TEST_CASE(the_workers_service_also_carries_the_app_label_of_the_head, GroupsAsDeployments) {
  multi_node();
  BOOST_TEST(at("Service", "iris-workers-7", "metadata.labels") == R"({"app":"isvc.iris-predictor","isvc.generation":"7","multinode/role":"worker"})");
}

BOOST_FIXTURE_TEST_CASE(workers_are_one_less_than_the_nodes, GroupsAsDeployments) {
  multi_node();
  BOOST_TEST(at("Deployment", "iris-predictor-worker", "spec.replicas") == "2");
}

BOOST_FIXTURE_TEST_CASE(no_worker_is_a_deployment_of_zero_replicas, GroupsAsDeployments) {
  multi_node(", nodes: 1");
  BOOST_TEST(at("Deployment", "iris-predictor-worker", "spec.replicas") == "0");
}

BOOST_FIXTURE_TEST_CASE(old_workers_stay_until_new_ones_are_ready_whatever_was_asked_for, GroupsAsDeployments) {
  multi_node("", ", extension: {deploymentStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}");
  BOOST_TEST(at("Deployment", "iris-predictor-worker", "spec.strategy.rollingUpdate") == R"({"maxSurge":"100%","maxUnavailable":"0%"})");
  BOOST_TEST(at("Deployment", "iris-predictor", "spec.strategy.rollingUpdate") == R"({"maxSurge":1})");
}

BOOST_FIXTURE_TEST_CASE(workers_that_are_recreated_keep_that_strategy, GroupsAsDeployments) {
  multi_node("", ", extension: {deploymentStrategy: {type: Recreate}}");
  BOOST_TEST(at("Deployment", "iris-predictor-worker", "spec.strategy") == R"({"type":"Recreate"})");
}

BOOST_FIXTURE_TEST_CASE(gpus_are_limit_and_request_of_the_type_in_use_even_when_there_are_none, GroupsAsDeployments) {
  multi_node("", ", pod: {containers: [{name: kserve-container, resources: {limits: {amd.com/gpu: 1, cpu: 1}}}]}");
  BOOST_TEST(at("Deployment", "iris-predictor", "spec.template.spec.containers[0].resources") ==
             R"({"limits":{"amd.com/gpu":"2","cpu":1},"requests":{"amd.com/gpu":"2"}})");
  BOOST_TEST(at("Deployment", "iris-predictor-worker", "spec.template.spec.containers[0].resources.limits") == R"({"nvidia.com/gpu":"0"})");
}

BOOST_FIXTURE_TEST_CASE(a_type_with_a_zero_amount_is_not_in_use, GroupsAsDeployments) {
  multi_node("", ", pod: {containers: [{name: kserve-container, resources: {limits: {amd.com/gpu: 0}}}]}");
  BOOST_TEST(at("Deployment", "iris-predictor", "spec.template.spec.containers[0].resources.limits") == R"({"amd.com/gpu":0,"nvidia.com/gpu":"2"})");
}

BOOST_FIXTURE_TEST_CASE(an_annotation_names_more_gpu_types, GroupsAsDeployments) {
  multi_node(", annotations: {serving.kserve.io/gpu-resource-types: '[\"a.com/tpu\"]'}, pod: {containers: [{name: worker-container, resources: {requests: {a.com/tpu: 1}}}]}");
  BOOST_TEST(at("Deployment", "iris-predictor-worker", "spec.template.spec.containers[0].resources.requests") == R"({"a.com/tpu":"0"})");
}

BOOST_FIXTURE_TEST_CASE(a_bad_list_of_gpu_types_fails_the_service, GroupsAsDeployments) {
  multi_node(", annotations: {serving.kserve.io/gpu-resource-types: '[]'}");
  BOOST_TEST(failure() == "fails to create NewRawKubeReconciler for predictor: failed to create deployment reconciler: failed to create raw deployment: "
                          "invalid GPU format([]) for serving.kserve.io/gpu-resource-types annotation: must be a valid JSON array");
}

BOOST_FIXTURE_TEST_CASE(up_to_v0_19_a_multi_node_service_never_becomes_ready_and_is_not_routed, GroupsAsDeployments) {
  profile().release = Release::V0_19_0;
  multi_node();
  BOOST_TEST(!object("Ingress"));
}
