#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct Routes : IrisWorld {
  Routes& gateway(std::string_view more = "{}") {
    config("{ingress: {enableGatewayApi: true}}").config(more);
    return *this;
  }
  // Hosts and services of the Ingress: "host > service".
  std::string rules() {
    lower();
    std::string out;
    for (const View rule : object("Ingress").at("spec.rules").items())
      out += std::string(rule["host"].text()) + " > " + std::string(find(rule, "http.paths[0].backend.service.name").text()) + "\n";
    return out;
  }
  // Services, ports and paths of an HTTPRoute: "service:port path".
  std::string route(std::string_view name) {
    std::string out;
    for (const View rule : object("HTTPRoute", name).at("spec.rules").items())
      out += std::string(find(rule, "backendRefs[0].name").text()) + ":" + json(find(rule, "backendRefs[0].port")) + " " + std::string(find(rule, "matches[0].path.value").text()) + "\n";
    return out;
  }
};

BOOST_FIXTURE_TEST_CASE(the_host_of_a_transformer_leads_to_the_predictor, Routes) {
  predictor().component(Role::Transformer, "{}");
  BOOST_TEST(rules() == "iris-ml.example.com > iris-transformer\niris-transformer-ml.example.com > iris-predictor\niris-predictor-ml.example.com > iris-predictor\n");
}

BOOST_FIXTURE_TEST_CASE(with_all_three_the_explainer_gets_the_host_of_the_transformer, Routes) {
  predictor().component(Role::Transformer, "{}").component(Role::Explainer, "{}");
  BOOST_TEST(rules() ==
             "iris-transformer-ml.example.com > iris-explainer\niris-ml.example.com > iris-transformer\niris-transformer-ml.example.com > iris-predictor\n"
             "iris-predictor-ml.example.com > iris-predictor\n");
}

BOOST_FIXTURE_TEST_CASE(an_explainer_alone_has_a_host_of_its_own, Routes) {
  predictor().component(Role::Explainer, "{}");
  BOOST_TEST(rules() == "iris-ml.example.com > iris-predictor\niris-explainer-ml.example.com > iris-explainer\niris-predictor-ml.example.com > iris-predictor\n");
}

BOOST_FIXTURE_TEST_CASE(an_ingress_has_all_annotations_of_the_service_and_no_labels, Routes) {
  service("{metadata: {name: iris, namespace: ml, labels: {a: b}, annotations: {modelFormat: sklearn}}}").predictor().lower();
  BOOST_TEST(at("Ingress", "metadata.annotations") == R"({"modelFormat":"sklearn"})");
  BOOST_TEST(at("Ingress", "metadata.labels") == "");
}

BOOST_FIXTURE_TEST_CASE(services_that_stay_inside_have_no_route, Routes) {
  service("{metadata: {name: iris, namespace: ml, labels: {networking.kserve.io/visibility: cluster-local}}}").predictor().lower();
  BOOST_TEST(!object("Ingress"));
}

BOOST_FIXTURE_TEST_CASE(the_domain_svc_cluster_local_keeps_everything_inside, Routes) {
  config("{ingress: {ingressDomain: svc.cluster.local}}").predictor().lower();
  BOOST_TEST(!object("Ingress"));
}

BOOST_FIXTURE_TEST_CASE(nothing_is_routed_to_a_transformer_that_is_stopped, Routes) {
  predictor().component(Role::Transformer, "{annotations: {serving.kserve.io/stop: 'true'}}").lower();
  BOOST_TEST(!object("Ingress"));
}

BOOST_FIXTURE_TEST_CASE(every_component_and_the_service_get_an_http_route, Routes) {
  gateway().predictor().component(Role::Transformer, "{}").component(Role::Explainer, "{extension: {timeout: 5}}").lower();
  BOOST_TEST(route("iris") == "iris-explainer:80 ^/v1/models/[\\w-]+:explain$\niris-transformer:80 ^/.*$\n");
  BOOST_TEST(route("iris-predictor") == "iris-predictor:80 ^/.*$\n");
  BOOST_TEST(at("HTTPRoute", "iris-explainer", "spec.rules[0].timeouts.request") == R"("5s")");
  BOOST_TEST(at("HTTPRoute", "iris-predictor", "spec.rules[0].timeouts.request") == R"("60s")");
}

BOOST_FIXTURE_TEST_CASE(two_protocols_get_a_rule_each_with_the_ports_of_the_service, Routes) {
  gateway().predictor("{pod: {containers: [{name: a, ports: [{containerPort: 9000, name: grpc}, {containerPort: 8080, name: http}]}]}}").lower();
  BOOST_TEST(route("iris") == "iris-predictor:80 ^/inference\\.GRPCInferenceService/.*$\niris-predictor:8080 ^/.*$\n");
}

BOOST_FIXTURE_TEST_CASE(grpc_alone_is_routed_like_http, Routes) {
  gateway().predictor("{pod: {containers: [{name: a, ports: [{containerPort: 9000, name: h2c}]}]}}").lower();
  BOOST_TEST(route("iris-predictor") == "iris-predictor:80 ^/.*$\n");
}

BOOST_FIXTURE_TEST_CASE(paths_are_patterns_after_everything_else, Routes) {
  gateway("{ingress: {pathTemplate: '/s/{{ .Name }}/', additionalIngressDomains: [alt.org, example.com]}}").predictor().component(Role::Explainer, "{}").lower();
  BOOST_TEST(route("iris") == "iris-explainer:80 ^/v1/models/[\\w-]+:explain$\niris-predictor:80 ^/.*$\niris-explainer:80 /s/iris(/v1/models/[\\w-]+:explain)$\niris-predictor:80 /s/iris/\n");
  BOOST_TEST(at("HTTPRoute", "iris", "spec.hostnames") == R"(["iris-ml.example.com","iris-ml.alt.org","example.com"])");
}

BOOST_FIXTURE_TEST_CASE(metadata_of_http_routes_is_filtered, Routes) {
  service("{metadata: {name: iris, namespace: ml, labels: {networking.knative.dev/visibility: x, a: b}, annotations: {modelFormat: sklearn}}}");
  gateway().predictor().lower();
  BOOST_TEST(at("HTTPRoute", "iris", "metadata.labels") == R"({"a":"b"})");
  BOOST_TEST(at("HTTPRoute", "iris", "metadata.annotations") == "");
}

BOOST_FIXTURE_TEST_CASE(timeouts_can_be_switched_off, Routes) {
  gateway("{ingress: {disableHTTPRouteTimeout: true}}").predictor("{extension: {timeout: 5}}").lower();
  BOOST_TEST(at("HTTPRoute", "iris", "spec.rules[0].timeouts") == "");
}
