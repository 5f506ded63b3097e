// Texts with which KServe's controller gives up a service before it makes objects.
#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

BOOST_FIXTURE_TEST_CASE(an_invalid_host_fails_the_component_even_without_a_route, IrisWorld) {
  config("{ingress: {disableIngressCreation: true, domainTemplate: 'X'}}").predictor().lower();
  BOOST_TEST(failure().find("fails to create NewRawKubeReconciler for predictor: failed creating host name: invalid domain name \"X\": url: Invalid value: \"X\"") == 0u);
  BOOST_TEST(names() == "");
}

BOOST_FIXTURE_TEST_CASE(the_mode_of_a_component_is_read_again, IrisWorld) {
  predictor().component(Role::Transformer, "{annotations: {serving.kserve.io/deploymentMode: Serverless}}").lower();
  BOOST_TEST(failure() == "fails to create NewRawKubeReconciler for transformer: unsupported deployment mode for workload: Knative");
}

BOOST_FIXTURE_TEST_CASE(an_autoscaler_class_kserve_does_not_know_fails, IrisWorld) {
  predictor("{annotations: {serving.kserve.io/autoscalerClass: kpa}}").lower();
  BOOST_TEST(failure() == "fails to create NewRawKubeReconciler for predictor: unknown autoscaler class type: kpa");
}

BOOST_FIXTURE_TEST_CASE(a_metric_of_pods_without_its_source_crashes_the_controller, IrisWorld) {
  predictor("{extension: {autoScaling: {metrics: [{type: PodMetric}]}}}").lower();
  BOOST_TEST(failure().find("panic: ") == 0u);
}

BOOST_FIXTURE_TEST_CASE(canaries_are_named_in_their_failures, IrisWorld) {
  predictor().component(Role::Canary, "{name: iris-v2-predictor, annotations: {serving.kserve.io/autoscalerClass: x}}").lower();
  BOOST_TEST(failure() == "fails to reconcile canary deployments: fails to create canary reconciler for v2: unknown autoscaler class type: x");
}

BOOST_FIXTURE_TEST_CASE(a_missing_ca_bundle_fails_before_everything_else, IrisWorld) {
  config("{storageInitializer: {caBundleConfigMapName: ca, ociModelMode: bad}}").predictor().lower();
  BOOST_TEST(failure() == "fails to get cabundle configmap for creating to user namespace: failed to get configmap ca from the cluster: configmaps \"ca\" not found");
}

BOOST_FIXTURE_TEST_CASE(the_ca_bundle_is_copied_without_anything_else, IrisWorld) {
  add("{kind: ConfigMap, metadata: {name: ca, namespace: kserve, labels: {a: b}}, data: {cabundle.crt: X, other: Y}}");
  config("{storageInitializer: {caBundleConfigMapName: ca}}").predictor().lower();
  BOOST_TEST(failure() == "");
  BOOST_TEST(json(object("ConfigMap")) == R"({"apiVersion":"v1","data":{"cabundle.crt":"X"},"kind":"ConfigMap","metadata":{"name":"global-ca-bundle","namespace":"ml"}})");
  BOOST_TEST(!rendered().front().owner);
}

BOOST_FIXTURE_TEST_CASE(the_storage_initializer_is_checked_for_every_component, IrisWorld) {
  config("{storageInitializer: {cpuLimit: x}}").predictor().lower();
  BOOST_TEST(failure().find("failed to get StorageInitializer config: failed to parse resource configuration for \"storageInitializer\".\"cpuLimit\": ") == 0u);
}

BOOST_FIXTURE_TEST_CASE(the_knative_crd_is_needed_in_knative_mode, IrisWorld) {
  knative();
  profile().absent_crds = {"Service"};
  predictor().lower();
  BOOST_TEST(failure() == "terminal error: the resolved deployment mode of InferenceService 'iris' is Knative, but Knative Serving is not available");
}

BOOST_FIXTURE_TEST_CASE(of_an_incomplete_plan_only_the_components_are_checked, IrisWorld) {
  predictor().plan().complete = false;
  lower();
  BOOST_TEST(failure() == "");
  BOOST_TEST(!object("Ingress"));
}

BOOST_FIXTURE_TEST_CASE(an_autoscaler_whose_crd_is_not_installed_fails_the_component, IrisWorld) {
  profile().absent_crds = {"ScaledObject"};
  predictor("{annotations: {serving.kserve.io/autoscalerClass: keda}}").lower();
  BOOST_TEST(failure() == "fails to reconcile predictor: failed to get existing KEDA autoscaler: no matches for kind \"ScaledObject\" in version \"keda.sh/v1alpha1\"");
}

BOOST_FIXTURE_TEST_CASE(so_does_a_route_but_only_after_the_components, IrisWorld) {
  profile().absent_crds = {"HTTPRoute"};
  config("{ingress: {enableGatewayApi: true}}").predictor().lower();
  BOOST_TEST(failure() == "fails to reconcile ingress: failed to get existing http route: no matches for kind \"HTTPRoute\" in version \"gateway.networking.k8s.io/v1\"");
}

BOOST_FIXTURE_TEST_CASE(an_invalid_address_fails_a_service_that_stays_inside, IrisWorld) {
  service("{metadata: {name: iris, namespace: ml, labels: {networking.kserve.io/visibility: cluster-local}}}");
  config("{ingress: {domainTemplate: '{{ .Name }}.{{ index .Labels \"component\" }}'}}").predictor().lower();
  BOOST_TEST(failure().find("fails to reconcile ingress: invalid domain name \"iris.\": url: Invalid value: \"iris\": should be a domain") == 0u);
}
