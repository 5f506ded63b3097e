#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct Knative : IrisWorld {
  Knative() { knative(); }
  // An InferenceService of Knative mode with a predictor.
  Knative& isvc(std::string_view metadata, std::string_view component = "{}") {
    service("{metadata: " + std::string(metadata) + ", spec: {predictor: {}}}");
    plan().mode = DeploymentMode::Knative;
    predictor(component).lower();
    return *this;
  }
};

BOOST_FIXTURE_TEST_CASE(scaling_becomes_annotations_of_the_revision, Knative) {
  predictor("{annotations: {autoscaling.knative.dev/class: hpa, autoscaling.knative.dev/target: '1'}, extension: {minReplicas: 0, maxReplicas: 3, scaleMetric: rps, scaleTarget: 7}}").lower();
  BOOST_TEST(at("ksvc", "spec.template.metadata.annotations") ==
             R"({"autoscaling.knative.dev/class":"hpa","autoscaling.knative.dev/max-scale":"3","autoscaling.knative.dev/metric":"rps","autoscaling.knative.dev/min-scale":"0","autoscaling.knative.dev/target":"7"})");
}

BOOST_FIXTURE_TEST_CASE(rollout_duration_moves_to_the_service, Knative) {
  predictor("{annotations: {serving.knative.dev/rollout-duration: 60s, a: b}}").lower();
  BOOST_TEST(at("ksvc", "metadata.annotations") == R"({"serving.knative.dev/rollout-duration":"60s"})");
  BOOST_TEST(at("ksvc", "spec.template.metadata.annotations.a") == R"("b")");
  BOOST_TEST(at("ksvc", "spec.template.metadata.annotations[serving.knative.dev/rollout-duration]") == "");
}

BOOST_FIXTURE_TEST_CASE(disallowed_labels_stay_off_the_revision_only, Knative) {
  predictor("{labels: {networking.knative.dev/visibility: cluster-local, a: b}}").lower();
  BOOST_TEST(at("ksvc", "metadata.labels") == R"({"a":"b","networking.knative.dev/visibility":"cluster-local"})");
  BOOST_TEST(at("ksvc", "spec.template.metadata.labels") == R"({"a":"b"})");
}

BOOST_FIXTURE_TEST_CASE(a_timeout_also_limits_the_first_byte, Knative) {
  predictor("{extension: {timeout: 5, containerConcurrency: 2}}").lower();
  BOOST_TEST(at("ksvc", "spec.template.spec") ==
             R"({"containerConcurrency":2,"containers":[{"image":"a","name":"kserve-container"}],"responseStartTimeoutSeconds":5,"timeoutSeconds":5})");
}

BOOST_FIXTURE_TEST_CASE(traffic_is_not_split_when_a_ready_service_is_left_alone, Knative) {
  isvc("{name: iris, namespace: ml, annotations: {serving.kserve.io/disable-auto-update: 'true'}}", "{extension: {canaryTrafficPercent: 10}}");
  BOOST_TEST(at("ksvc", "spec.traffic") == R"([{"latestRevision":true,"percent":100}])");
}

BOOST_FIXTURE_TEST_CASE(a_switch_of_knative_that_is_no_boolean_fails_the_service, Knative) {
  add("{kind: ConfigMap, metadata: {name: config-autoscaler, namespace: knative-serving}, data: {allow-zero-initial-scale: 'yes'}}");
  predictor().lower();
  BOOST_TEST(failure() == "failed to retrieve the knative autoscaler configuration: strconv.ParseBool: parsing \"yes\": invalid syntax");
}

BOOST_FIXTURE_TEST_CASE(canary_traffic_leaves_the_rest_to_the_first_revision, Knative) {
  predictor("{annotations: {serving.kserve.io/enable-tag-routing: 'true'}, extension: {canaryTrafficPercent: 0}}").lower();
  BOOST_TEST(at("ksvc", "spec.traffic") ==
             R"([{"latestRevision":true,"percent":0,"tag":"latest"},{"latestRevision":false,"percent":100,"revisionName":"iris-predictor-00001","tag":"prev"}])");
  BOOST_TEST(reported(Code::AssumedRevision));
}

BOOST_FIXTURE_TEST_CASE(canary_traffic_above_100_is_kept, Knative) {
  predictor("{extension: {canaryTrafficPercent: 150}}").lower();
  BOOST_TEST(at("ksvc", "spec.traffic") == R"([{"latestRevision":true,"percent":150}])");
}

BOOST_FIXTURE_TEST_CASE(traffic_reaches_the_service_inside_and_outside, Knative) {
  predictor().lower();
  BOOST_TEST(names() == "ksvc iris-predictor, VirtualService iris, Service iris");
  BOOST_TEST(at("VirtualService", "spec.hosts") == R"(["iris.ml.svc.cluster.local","iris.ml.example.com"])");
  BOOST_TEST(at("VirtualService", "spec.http[0].match[1]") ==
             R"({"authority":{"regex":"^iris\\.ml\\.example\\.com(?::\\d{1,5})?$"},"gateways":["knative-serving/knative-ingress-gateway"]})");
}

BOOST_FIXTURE_TEST_CASE(a_cluster_local_service_is_matched_inside_only, Knative) {
  isvc("{name: iris, namespace: ml, labels: {networking.knative.dev/visibility: cluster-local}}", "{labels: {networking.knative.dev/visibility: cluster-local}}");
  BOOST_TEST(at("VirtualService", "spec.gateways") == R"(["knative-serving/knative-local-gateway","mesh"])");
  BOOST_TEST(object("VirtualService").at("spec.http").item(0)["match"].size() == 1u);
  BOOST_TEST(at("VirtualService", "metadata.labels") == R"({"networking.knative.dev/visibility":"cluster-local"})");
}

BOOST_FIXTURE_TEST_CASE(the_role_is_cut_out_of_the_host_where_it_first_stands, Knative) {
  isvc("{name: a-predictor-b, namespace: ml}", "{name: a-predictor-b-predictor}");
  BOOST_TEST(at("VirtualService", "spec.hosts[1]") == R"("a-b-predictor.ml.example.com")");
}

BOOST_FIXTURE_TEST_CASE(a_host_with_default_in_it_keeps_the_role, Knative) {
  isvc("{name: x-default, namespace: ml}", "{name: x-default-predictor}");
  BOOST_TEST(at("VirtualService", "spec.hosts[1]") == R"("x-default-predictor.ml.example.com")");
}

BOOST_FIXTURE_TEST_CASE(path_routes_name_the_ingress_gateway_of_an_internal_service, Knative) {
  config("{ingress: {pathTemplate: '/s/{{ .Name }}'}}");
  isvc("{name: iris, namespace: ml, labels: {networking.knative.dev/visibility: cluster-local}}");
  BOOST_TEST(at("VirtualService", "spec.hosts") == R"(["iris.ml.svc.cluster.local","example.com"])");
  BOOST_TEST(at("VirtualService", "spec.http[1].match[1].gateways") == R"(["knative-serving/knative-ingress-gateway"])");
  BOOST_TEST(at("VirtualService", "spec.http[1].rewrite") == R"({"uri":"/"})");
}

BOOST_FIXTURE_TEST_CASE(a_path_that_cannot_be_rendered_means_no_virtual_service, Knative) {
  config("{ingress: {pathTemplate: 'http://x/{{ .Name }}'}}").predictor().lower();
  BOOST_TEST(failure() == "");
  BOOST_TEST(names() == "ksvc iris-predictor, Service iris");
  BOOST_TEST(reported(Code::PathTemplateFails));
}

BOOST_FIXTURE_TEST_CASE(additional_domains_are_found_through_the_domains_of_knative, Knative) {
  config("{ingress: {additionalIngressDomains: [alt.org]}}").predictor().lower();
  BOOST_TEST(at("VirtualService", "spec.hosts") == R"(["iris.ml.svc.cluster.local","iris.ml.example.com","iris.ml.alt.org"])");
}

BOOST_FIXTURE_TEST_CASE(config_domain_of_the_repository_gives_the_domain_with_the_most_labels, Knative) {
  add("{kind: ConfigMap, metadata: {name: config-domain, namespace: knative-serving}, data: {b.org: '', a.org: '', c.org: 'selector: {component: some}'}}");
  predictor().lower();
  BOOST_TEST(at("VirtualService", "spec.hosts[1]") == R"("iris.ml.c.org")");
}

BOOST_FIXTURE_TEST_CASE(without_istio_hosts_there_is_only_the_knative_service, Knative) {
  config("{ingress: {disableIstioVirtualHost: true}}").predictor().lower();
  BOOST_TEST(names() == "ksvc iris-predictor");
}

BOOST_FIXTURE_TEST_CASE(without_the_crd_the_name_inside_the_cluster_is_still_made, Knative) {
  profile().absent_crds = {"VirtualService"};
  predictor().lower();
  BOOST_TEST(names() == "ksvc iris-predictor, Service iris");
}

BOOST_FIXTURE_TEST_CASE(a_transformer_of_model_mesh_is_a_knative_service_without_a_predictor, Knative) {
  plan().mode = DeploymentMode::ModelMesh;
  component(Role::Transformer, "{}").lower();
  BOOST_TEST(names() == "ksvc iris-transformer, VirtualService iris, Service iris");
}

BOOST_FIXTURE_TEST_CASE(model_mesh_alone_is_none_of_kserves_business, Knative) {
  plan().mode = DeploymentMode::ModelMesh;
  plan().multi_model = true;
  config("{storageInitializer: {caBundleConfigMapName: nowhere}}").lower().lower_models();
  BOOST_TEST(failure() == "");
  BOOST_TEST(names() == "");
}
