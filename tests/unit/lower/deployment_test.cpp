#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

BOOST_FIXTURE_TEST_CASE(label_app_overrides_a_label_of_the_user_on_every_object, IrisWorld) {
  predictor("{labels: {app: mine, team: a}}").lower();
  for (const char* path : {"metadata.labels", "spec.template.metadata.labels"})
    BOOST_TEST(at("Deployment", path) == R"({"app":"isvc.iris-predictor","team":"a"})");
  BOOST_TEST(at("Service", "metadata.labels.app") == R"("isvc.iris-predictor")");
  BOOST_TEST(at("HorizontalPodAutoscaler", "metadata.labels.app") == R"("isvc.iris-predictor")");
  BOOST_TEST(at("Deployment", "spec.selector") == R"({"matchLabels":{"app":"isvc.iris-predictor"}})");
}

BOOST_FIXTURE_TEST_CASE(the_template_carries_name_and_namespace, IrisWorld) {
  predictor().lower();
  BOOST_TEST(at("Deployment", "spec.template.metadata.name") == R"("iris-predictor")");
  BOOST_TEST(at("Deployment", "spec.template.metadata.namespace") == R"("ml")");
}

BOOST_FIXTURE_TEST_CASE(changes_of_the_pod_webhook_stay_in_the_template, IrisWorld) {
  predictor("{annotations: {a: b}, podAnnotations: {a: b, added: x}}").lower();
  BOOST_TEST(at("Deployment", "metadata.annotations") == R"({"a":"b"})");
  BOOST_TEST(at("Deployment", "spec.template.metadata.annotations") == R"({"a":"b","added":"x"})");
  BOOST_TEST(at("Deployment", "spec.template.metadata.labels") == R"({"app":"isvc.iris-predictor","component":"some"})");
}

BOOST_FIXTURE_TEST_CASE(a_strategy_of_its_own_leaves_the_two_limits_out, IrisWorld) {
  predictor("{extension: {deploymentStrategy: {type: Recreate}}}").lower();
  BOOST_TEST(at("Deployment", "spec.strategy") == R"({"type":"Recreate"})");
  BOOST_TEST(at("Deployment", "spec.revisionHistoryLimit") == "");
  BOOST_TEST(at("Deployment", "spec.progressDeadlineSeconds") == "");
}

BOOST_FIXTURE_TEST_CASE(the_configured_rollout_counts_only_where_standard_is_the_default_mode, IrisWorld) {
  config("{deploy: {deploymentRolloutStrategy: {defaultRollout: {maxSurge: '1', maxUnavailable: ''}}}}").predictor().lower();
  BOOST_TEST(at("Deployment", "spec.strategy.rollingUpdate") == R"({"maxSurge":"25%","maxUnavailable":"25%"})");
}

BOOST_FIXTURE_TEST_CASE(values_of_the_configured_rollout_stay_texts_and_empty_ones_do_not_count, IrisWorld) {
  config("{deploy: {defaultDeploymentMode: RawDeployment, deploymentRolloutStrategy: {defaultRollout: {maxSurge: '1', maxUnavailable: ''}}}}");
  predictor().lower();
  BOOST_TEST(at("Deployment", "spec.strategy.rollingUpdate") == R"({"maxSurge":"1","maxUnavailable":"25%"})");
}

BOOST_FIXTURE_TEST_CASE(replicas_are_written_only_for_class_none, IrisWorld) {
  predictor("{annotations: {serving.kserve.io/autoscalerClass: none}, extension: {minReplicas: 0}}").lower();
  BOOST_TEST(at("Deployment", "spec.replicas") == "0");
  BOOST_TEST(names() == "Service iris-predictor, Deployment iris-predictor, Ingress iris");
}

BOOST_FIXTURE_TEST_CASE(an_external_autoscaler_owns_the_replicas, IrisWorld) {
  predictor("{annotations: {serving.kserve.io/autoscalerClass: external}, extension: {minReplicas: 3}}").lower();
  BOOST_TEST(at("Deployment", "spec.replicas") == "");
  BOOST_TEST(!object("HorizontalPodAutoscaler"));
}

BOOST_FIXTURE_TEST_CASE(a_stopped_component_has_no_objects_and_nothing_is_routed_to_it, IrisWorld) {
  predictor("{annotations: {serving.kserve.io/stop: 'TRUE'}}").lower();
  BOOST_TEST(failure() == "");
  BOOST_TEST(names() == "");
}

BOOST_FIXTURE_TEST_CASE(canaries_have_autoscalers_that_belong_to_nobody, IrisWorld) {
  predictor().component(Role::Canary, "{name: iris-v2-predictor, extension: {minReplicas: 2}}").lower();
  BOOST_TEST(at("HorizontalPodAutoscaler", "iris-v2-predictor", "spec.maxReplicas") == "2");
  for (const Rendered& r : rendered()) {
    const bool canary_autoscaler = r.node == object("HorizontalPodAutoscaler", "iris-v2-predictor").node();
    BOOST_TEST(r.owned == !canary_autoscaler);
  }
}
