#include "lower/leader_worker_set.h"

#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct GroupsAsSets : IrisWorld {
  GroupsAsSets() { profile().multi_node = MultiNode::LeaderWorkerSet; }
  // A multi-node predictor; `rest` are more fields of the component, `worker` of its worker.
  GroupsAsSets& groups(const std::string& rest = "", const std::string& worker = "") {
    predictor("{labels: {isvc.generation: '7', a: b}, annotations: {serving.kserve.io/autoscalerClass: none, internal.serving.kserve.io/storage-initializer-sourceuri: 'pvc://m/x'}" + rest +
              ", worker: {labels: {isvc.generation: '7'}, annotations: {w: x}, nodes: 2" + worker + "}}");
    lower();
    return *this;
  }
  std::string set(std::string_view path) { return at("LeaderWorkerSet", "spec." + std::string(path)); }
  std::string rollout(const std::string& strategy) { return groups(", extension: {deploymentStrategy: " + strategy + "}").set("rolloutStrategy.rollingUpdateConfiguration"); }
};

BOOST_FIXTURE_TEST_CASE(one_set_and_one_service_replace_two_deployments_and_three_services, GroupsAsSets) {
  groups();
  BOOST_TEST(failure() == "");
  BOOST_TEST(names() == "Service iris-predictor, LeaderWorkerSet iris-predictor-mn, Ingress iris");
}

BOOST_FIXTURE_TEST_CASE(nothing_depends_on_the_generation, GroupsAsSets) {
  groups();
  for (const Rendered& r : rendered()) BOOST_TEST(json(r.node).find("isvc.generation") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_service_selects_leaders_only, GroupsAsSets) {
  groups();
  BOOST_TEST(at("Service", "spec.selector") == R"({"app":"isvc.iris-predictor","leaderworkerset.sigs.k8s.io/worker-index":"0"})");
  BOOST_TEST(at("Service", "metadata.labels") == R"({"a":"b","app":"isvc.iris-predictor"})");
}

BOOST_FIXTURE_TEST_CASE(leaders_and_workers_have_templates_of_their_own, GroupsAsSets) {
  groups();
  BOOST_TEST(set("leaderWorkerTemplate.leaderTemplate.metadata.labels") == R"({"a":"b","app":"isvc.iris-predictor","multinode/role":"head"})");
  BOOST_TEST(set("leaderWorkerTemplate.workerTemplate.metadata") == R"({"annotations":{"w":"x"},"labels":{"app":"isvc.iris-predictor-worker","multinode/role":"worker"}})");
  BOOST_TEST(set("leaderWorkerTemplate.size") == "2");
  BOOST_TEST(set("startupPolicy") == R"("LeaderCreated")");
  BOOST_TEST(set("leaderWorkerTemplate.restartPolicy") == R"("RecreateGroupOnPodRestart")");
}

BOOST_FIXTURE_TEST_CASE(a_group_of_one_still_has_a_worker_template, GroupsAsSets) {
  groups("", ", nodes: 1");
  BOOST_TEST(set("leaderWorkerTemplate.size") == "1");
  BOOST_TEST(set("leaderWorkerTemplate.workerTemplate.spec.containers[0].name") == R"("worker-container")");
}

BOOST_FIXTURE_TEST_CASE(workers_find_the_leader_of_their_own_group, GroupsAsSets) {
  groups("", ", pod: {containers: [{name: worker-container, env: [{name: HEAD_SVC, value: old}, {name: X, value: $(HEAD_SVC)}, {name: WORKER_SVC, value: old}]}]}");
  BOOST_TEST(set("leaderWorkerTemplate.workerTemplate.spec.containers[0].env") ==
             R"x([{"name":"X","value":"$(HEAD_SVC)"},)x"
             R"({"name":"ISVCC_LWS_GROUP_INDEX","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['leaderworkerset.sigs.k8s.io/group-index']"}}},)"
             R"({"name":"HEAD_SVC","value":"iris-predictor-mn-$(ISVCC_LWS_GROUP_INDEX).iris-predictor-mn"},{"name":"WORKER_SVC","value":"iris-predictor-mn"}])");
  BOOST_TEST(!reported(Code::WorkerServiceMentioned));
}

BOOST_FIXTURE_TEST_CASE(replicas_are_groups, GroupsAsSets) {
  groups(", extension: {minReplicas: 3}");
  BOOST_TEST(set("replicas") == "3");
  BOOST_TEST(reported(Code::SharedClaim));
}

BOOST_FIXTURE_TEST_CASE(an_autoscaler_owns_the_number_of_groups, GroupsAsSets) {
  groups(", annotations: {serving.kserve.io/autoscalerClass: keda}, extension: {minReplicas: 0}");
  BOOST_TEST(set("replicas") == "");
  BOOST_TEST(at("ScaledObject", "spec.scaleTargetRef") == R"({"apiVersion":"leaderworkerset.x-k8s.io/v1","kind":"LeaderWorkerSet","name":"iris-predictor-mn"})");
}

BOOST_FIXTURE_TEST_CASE(pod_metrics_of_opentelemetry_need_a_deployment, GroupsAsSets) {
  groups(", extension: {autoScaling: {metrics: [{type: PodMetric, podmetric: {metric: {backend: opentelemetry, metricNames: [a]}}}]}}");
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: pod metrics of OpenTelemetry name a Deployment, which its pods do not have");
}

BOOST_FIXTURE_TEST_CASE(groups_are_replaced_in_place_one_at_a_time, GroupsAsSets) {
  BOOST_TEST(groups().set("rolloutStrategy") == R"({"rollingUpdateConfiguration":{"maxSurge":0,"maxUnavailable":1,"partition":0},"type":"RollingUpdate"})");
}

BOOST_FIXTURE_TEST_CASE(a_surge_alone_keeps_every_group_available, GroupsAsSets) {
  BOOST_TEST(rollout("{type: RollingUpdate, rollingUpdate: {maxSurge: 1}}") == R"({"maxSurge":1,"maxUnavailable":0,"partition":0})");
  BOOST_TEST(reported(Code::StrategyOfGroups));
}

BOOST_FIXTURE_TEST_CASE(recreate_makes_all_groups_unavailable_at_once, GroupsAsSets) {
  BOOST_TEST(rollout("{type: Recreate}") == R"({"maxSurge":0,"maxUnavailable":"100%","partition":0})");
}

BOOST_FIXTURE_TEST_CASE(the_configured_rollout_is_about_groups_and_digits_are_numbers, GroupsAsSets) {
  config("{deploy: {defaultDeploymentMode: Standard, deploymentRolloutStrategy: {defaultRollout: {maxSurge: '1', maxUnavailable: '50%'}}}}");
  BOOST_TEST(groups().set("rolloutStrategy.rollingUpdateConfiguration") == R"({"maxSurge":1,"maxUnavailable":"50%","partition":0})");
}

BOOST_FIXTURE_TEST_CASE(a_rollout_that_could_never_begin_is_an_error, GroupsAsSets) {
  rollout("{rollingUpdate: {maxSurge: 0, maxUnavailable: 50%}}");
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: maxSurge and maxUnavailable are both 0 of 1 group: nothing could ever be updated");
}

BOOST_FIXTURE_TEST_CASE(shares_stop_at_100_percent, GroupsAsSets) {
  rollout("{rollingUpdate: {maxSurge: 101%}}");
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: maxSurge '101%' is no number of groups and no share up to 100%");
}

BOOST_FIXTURE_TEST_CASE(a_group_without_a_leader_is_an_error, GroupsAsSets) {
  groups("", ", nodes: 0");
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: a group of 0 pods has no leader: its size must be at least 1");
}

BOOST_FIXTURE_TEST_CASE(too_many_pods_are_an_error, GroupsAsSets) {
  groups(", extension: {minReplicas: 2000000000}");
  BOOST_TEST(failure().find("replicas × size is beyond 2147483647 pods") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_service_of_the_same_name_would_hide_the_pods, GroupsAsSets) {
  add("{apiVersion: v1, kind: Service, metadata: {name: iris-predictor-mn, namespace: ml}}");
  groups();
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: its pods need a headless Service of this name, which Service 'iris-predictor-mn' of the same namespace takes");
}

BOOST_FIXTURE_TEST_CASE(labels_of_the_controller_are_reserved, GroupsAsSets) {
  groups("", ", labels: {leaderworkerset.sigs.k8s.io/name: x}");
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: label 'leaderworkerset.sigs.k8s.io/name' belongs to its controller");
}

BOOST_FIXTURE_TEST_CASE(pods_must_restart_always, GroupsAsSets) {
  groups(", pod: {restartPolicy: Never, containers: [{name: kserve-container}]}");
  BOOST_TEST(failure() == "LeaderWorkerSet iris-predictor-mn: its pods must have restartPolicy Always");
}

BOOST_FIXTURE_TEST_CASE(a_program_that_uses_WORKER_SVC_is_warned_about, GroupsAsSets) {
  groups("", ", pod: {containers: [{name: worker-container, command: [sh, -c, 'ray start $WORKER_SVC']}]}");
  BOOST_TEST(reported(Code::WorkerServiceMentioned));
}

BOOST_FIXTURE_TEST_CASE(a_stopped_predictor_has_no_set, GroupsAsSets) {
  groups(", annotations: {serving.kserve.io/stop: 'true'}");
  BOOST_TEST(names() == "");
}

BOOST_FIXTURE_TEST_CASE(rendering_for_a_cluster_with_kserve_keeps_the_deployments, GroupsAsSets) {
  profile().render = Render::Objects;
  groups();
  BOOST_TEST(!object("LeaderWorkerSet"));
  BOOST_TEST(at("Deployment", "iris-predictor", "metadata.name") == R"("iris-predictor")");
}

BOOST_AUTO_TEST_CASE(names_leave_room_for_the_label_values_of_the_controllers) {
  BOOST_TEST(leader_worker_set_name("llm-predictor") == "llm-predictor-mn");
  const std::string longest(45, 'p'), longer(46, 'p'), other = std::string(45, 'p') + "q";
  BOOST_TEST(leader_worker_set_name(longest) == longest + "-mn");
  BOOST_TEST(leader_worker_set_name(longer).size() == 48u);
  BOOST_TEST(leader_worker_set_name(longer).substr(0, 37) == std::string(36, 'p') + "-");
  BOOST_TEST(leader_worker_set_name(longer) != leader_worker_set_name(other));
}
