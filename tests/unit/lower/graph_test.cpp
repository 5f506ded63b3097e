#include <boost/test/unit_test.hpp>

#include "lower/graph_json.h"
#include "ops/go_json.h"
#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::World;

struct Graphs : World {
  Graphs& isvc(std::string_view name, std::string_view spec, std::string_view annotations = "{serving.kserve.io/deploymentMode: Standard}") {
    add(parse("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: " + std::string(name) + ", namespace: ml, annotations: " + std::string(annotations) +
              "}, spec: " + std::string(spec) + "}"));
    return *this;
  }
  Graphs& graph(std::string_view spec, std::string_view metadata = "") {
    add(parse("{apiVersion: serving.kserve.io/v1alpha1, kind: InferenceGraph, metadata: {name: g, namespace: ml" + std::string(metadata) + "}, spec: " + std::string(spec) + "}"));
    return *this;
  }
  // The URL of the only step, which calls service `name`.
  std::string url_of(std::string_view name) {
    graph("{nodes: {root: {routerType: Sequence, steps: [{serviceName: " + std::string(name) + "}]}}}").lower_graph("g");
    const std::string_view text = find(object("ksvc"), "spec.template.spec.containers[0].args[1]").text();
    return text.empty() ? "" : std::string(find(parse(text), "nodes.root.steps[0].serviceUrl").text());
  }
  std::string encoded(std::string_view spec) { return go_json(encode_graph_spec(parse(spec), Make(arena()))); }
};

BOOST_FIXTURE_TEST_CASE(fields_stand_in_the_order_of_the_go_structs, Graphs) {
  BOOST_TEST(encoded("{nodeSelector: {b: c, a: d}, minReplicas: 0, maxReplicas: 0, timeout: 3, affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{preference: {}, weight: 1}]}},"
                     " nodes: {z: {steps: [], routerType: Switch}, a: {routerType: Sequence, steps: [{weight: 0, serviceUrl: 'http://x?a&b', name: first, mapPredictionsToInstances: false}]}}}") ==
             R"({"nodes":{"a":{"routerType":"Sequence","steps":[{"name":"first","serviceUrl":"http://x?a\u0026b","weight":0}]},"z":{"routerType":"Switch"}},"resources":{},)"
             R"("affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"preference":{}}]}},"timeout":3,"minReplicas":0,"nodeSelector":{"a":"d","b":"c"}})");
}

BOOST_FIXTURE_TEST_CASE(quantities_are_canonical_and_claims_stay_in_the_json, Graphs) {
  BOOST_TEST(encoded("{nodes: {}, resources: {requests: {cpu: 0.5}, claims: [{name: c}], limits: {memory: 1024Ki}}}") ==
             R"({"nodes":{},"resources":{"limits":{"memory":"1Mi"},"requests":{"cpu":"500m"},"claims":[{"name":"c"}]}})");
}

BOOST_FIXTURE_TEST_CASE(a_service_without_a_runtime_of_its_own_speaks_its_protocol, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, protocolVersion: v2, storageUri: u}}}");
  BOOST_TEST(url_of("a") == "http://a-predictor.ml.svc.cluster.local/v2/models/a/infer");
}

BOOST_FIXTURE_TEST_CASE(the_list_of_a_named_runtime_wins_over_the_services_protocol, Graphs) {
  add("{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: r, namespace: ml}, spec: {protocolVersions: [grpc-v2, v1]}}");
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, runtime: r, protocolVersion: v2, storageUri: u}}}");
  BOOST_TEST(url_of("a") == "http://a-predictor.ml.svc.cluster.local/v1/models/a:predict");
}

BOOST_FIXTURE_TEST_CASE(a_runtime_without_a_rest_protocol_fails_the_graph, Graphs) {
  add("{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: r, namespace: ml}, spec: {protocolVersions: [grpc-v2]}}");
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, runtime: r, storageUri: u}}}").url_of("a");
  BOOST_TEST(failure() == "service a is not ready: the runtime does not support a protocol compatible with Inference Graphs");
}

BOOST_FIXTURE_TEST_CASE(a_multi_model_service_has_no_path, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}}}}");
  BOOST_TEST(url_of("a") == "http://a-predictor.ml.svc.cluster.local");
}

BOOST_FIXTURE_TEST_CASE(a_transformer_takes_the_requests_and_names_the_model, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, storageUri: u, args: [--model_name=m]}}, transformer: {containers: [{args: [--model_name, t], env: [{name: PROTOCOL, value: v2}]}]}}");
  BOOST_TEST(url_of("a") == "http://a-transformer.ml.svc.cluster.local/v2/models/t/infer");
}

BOOST_FIXTURE_TEST_CASE(an_argument_after_the_name_wins_over_the_text_after_the_sign, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, storageUri: u, args: [--model_name=m, other, --x]}}}");
  BOOST_TEST(url_of("a") == "http://a-predictor.ml.svc.cluster.local/v1/models/other:predict");
}

BOOST_FIXTURE_TEST_CASE(mlserver_names_its_model_in_the_environment, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, storageUri: u, env: [{name: MLSERVER_MODEL_NAME, value: ''}], args: [--model_name=m]}}}");
  BOOST_TEST(url_of("a") == "http://a-predictor.ml.svc.cluster.local/v1/models/:predict");
}

BOOST_FIXTURE_TEST_CASE(a_knative_service_is_called_by_its_own_name, Graphs) {
  isvc("a", "{predictor: {name: v2, model: {modelFormat: {name: x}, storageUri: u}}}", "{}");
  BOOST_TEST(url_of("a") == "http://a.ml.svc.cluster.local/v1/models/a:predict");
}

BOOST_FIXTURE_TEST_CASE(without_istio_hosts_it_is_called_by_the_name_of_its_predictor, Graphs) {
  config("{ingress: {disableIstioVirtualHost: true}}");
  isvc("a", "{predictor: {name: v2, model: {modelFormat: {name: x}, storageUri: u}}}", "{}");
  BOOST_TEST(url_of("a") == "http://a-v2-predictor.ml.svc.cluster.local/v1/models/a:predict");
}

BOOST_FIXTURE_TEST_CASE(headless_services_are_called_at_the_port_of_the_model, Graphs) {
  config("{service: {serviceClusterIPNone: true}}");
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, storageUri: u}}}");
  BOOST_TEST(url_of("a") == "http://a-predictor.ml.svc.cluster.local:8080/v1/models/a:predict");
}

BOOST_FIXTURE_TEST_CASE(a_missing_service_fails_the_graph, Graphs) {
  url_of("nobody");
  BOOST_TEST(failure() == "Failed to find graph service nobody: inferenceservices.serving.kserve.io \"nobody\" not found");
}

BOOST_FIXTURE_TEST_CASE(a_stopped_service_has_no_address, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, storageUri: u}}}", "{serving.kserve.io/stop: 'true'}").url_of("a");
  BOOST_TEST(failure() == "service a is not ready: service a is not ready");
}

BOOST_FIXTURE_TEST_CASE(neither_has_one_that_failed, Graphs) {
  isvc("a", "{predictor: {model: {modelFormat: {name: x}, storageUri: u}}}").graph("{nodes: {root: {routerType: Sequence, steps: [{serviceName: a}]}}}");
  const std::set<const Object*> failed{repository().find("InferenceService", "ml", "a")};
  lower_graph("g", &failed);
  BOOST_TEST(failure() == "service a is not ready: service a is not ready");
}

BOOST_FIXTURE_TEST_CASE(a_router_in_standard_mode_is_named_like_the_graph, Graphs) {
  graph("{nodes: {root: {routerType: Sequence}}, minReplicas: 2}", ", labels: {a: b}, annotations: {serving.kserve.io/deploymentMode: RawDeployment, modelFormat: x}").lower_graph("g");
  BOOST_TEST(names() == "Service g, Deployment g, HorizontalPodAutoscaler g");
  BOOST_TEST(at("Deployment", "metadata.labels") == R"({"a":"b","app":"isvc.g","serving.kserve.io/inferencegraph":"g"})");
  BOOST_TEST(at("Deployment", "metadata.annotations.modelFormat") == R"("x")");
  BOOST_TEST(at("Deployment", "spec.template.spec.containers[0].name") == R"("g")");
  BOOST_TEST(at("HorizontalPodAutoscaler", "spec.minReplicas") == "2");
}

BOOST_FIXTURE_TEST_CASE(a_router_in_knative_mode_has_its_labels_on_the_revision_only, Graphs) {
  graph("{nodes: {root: {routerType: Sequence}}, timeout: 9}",
        ", labels: {a: b, networking.knative.dev/visibility: cluster-local}, annotations: {autoscaling.knative.dev/initial-scale: '0', serving.knative.dev/rollout-duration: 1s, serving.knative.openshift.io/enablePassthrough: 'true'}")
      .lower_graph("g");
  BOOST_TEST(at("ksvc", "metadata.labels") == R"({"a":"b","networking.knative.dev/visibility":"cluster-local"})");
  BOOST_TEST(at("ksvc", "metadata.annotations") == R"({"serving.knative.openshift.io/enablePassthrough":"true"})");
  BOOST_TEST(at("ksvc", "spec.template.metadata") ==
             R"({"annotations":{"autoscaling.knative.dev/class":"kpa.autoscaling.knative.dev","autoscaling.knative.dev/min-scale":"1","serving.knative.dev/rollout-duration":"1s"},)"
             R"("labels":{"a":"b","serving.kserve.io/inferencegraph":"g","serving.kserve.io/kind":"InferenceGraph"}})");
  BOOST_TEST(at("ksvc", "spec.traffic") == "");
  BOOST_TEST(at("ksvc", "spec.template.spec.timeoutSeconds") == "9");
}

BOOST_FIXTURE_TEST_CASE(any_resources_of_the_graph_replace_all_of_the_router, Graphs) {
  graph("{nodes: {root: {routerType: Sequence}}, resources: {claims: [{name: c}]}}").lower_graph("g");
  BOOST_TEST(at("ksvc", "spec.template.spec.containers[0].resources") == "{}");
}

BOOST_FIXTURE_TEST_CASE(an_empty_list_of_headers_still_makes_the_variable, Graphs) {
  config("{router: {headers: {propagate: []}}}").add("{kind: X, metadata: {name: x}}");
  graph("{nodes: {root: {routerType: Sequence}}}").lower_graph("g");
  BOOST_TEST(at("ksvc", "spec.template.spec.containers[0].env") == R"([{"name":"PROPAGATE_HEADERS"}])");
}

BOOST_FIXTURE_TEST_CASE(a_stopped_graph_has_no_objects, Graphs) {
  graph("{nodes: {root: {routerType: Sequence, steps: [{serviceName: nobody}]}}}", ", annotations: {serving.kserve.io/stop: 'True'}").lower_graph("g");
  BOOST_TEST(failure() == "");
  BOOST_TEST(names() == "");
}

BOOST_FIXTURE_TEST_CASE(an_invalid_host_fails_a_graph_in_standard_mode, Graphs) {
  config("{ingress: {domainTemplate: X}}");
  graph("{nodes: {root: {routerType: Sequence}}}", ", annotations: {serving.kserve.io/deploymentMode: Standard}").lower_graph("g");
  BOOST_TEST(failure().find("fails to reconcile inference graph raw deployment: fails to create NewRawKubeReconciler for inference graph: failed creating host name: ") == 0u);
}
