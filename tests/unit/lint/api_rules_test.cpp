// Rules of the API server that no schema shows (E0215): each once broken, once kept.
#include <boost/test/unit_test.hpp>

#include "linted.h"

using namespace isvcc::test;

namespace {

// A Deployment whose pieces may be replaced. What the API server says about it, "" when nothing.
std::string about(const std::string& yaml) {
  const Linted linted("---\n" + yaml + "\n");
  return linted.count("E0215") ? linted.finding("E0215").upstream : "";
}
std::string deployment(const std::string& container, const std::string& pod = "", const std::string& labels = "a", const std::string& more = "") {
  return about("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: " + labels +
               "}}, spec: {" + pod + "containers: [{name: web, image: web, " + container + "}" + more + "]}}}}");
}
std::string service_spec(const std::string& spec) { return about("{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {" + spec + "}}"); }
std::string autoscaler(const std::string& spec) {
  return about("{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec: {scaleTargetRef: {kind: Deployment, name: web}, " + spec + "}}");
}
std::string ingress(const std::string& path) {
  return about("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {rules: [{http: {paths: [{" + path + "backend: {service: {name: web, port: {number: 80}}}}]}}]}}");
}
const std::string kContainer = "spec.template.spec.containers[0]";

}  // namespace

BOOST_AUTO_TEST_CASE(a_plain_deployment_keeps_all_rules) { BOOST_TEST(deployment("") == ""); }

BOOST_AUTO_TEST_CASE(selector_and_labels_agree) {
  BOOST_TEST(deployment("", "", "b") == "spec.template.metadata.labels: Invalid value: {\"app\":\"b\"}: `selector` does not match template `labels`");
}

BOOST_AUTO_TEST_CASE(containers_have_images_and_differing_names) {
  BOOST_TEST(deployment("", "initContainers: [{name: web, image: x}], ") == "spec.template.spec.initContainers[0].name: Duplicate value: \"web\"");
  BOOST_TEST(deployment("", "", "a", ", {name: two}") == "spec.template.spec.containers[1].image: Required value");
  BOOST_TEST(deployment("", "", "a", ", {name: two, image: x}") == "");
}

BOOST_AUTO_TEST_CASE(ports_are_ports) {
  BOOST_TEST(deployment("ports: [{containerPort: 80800}]") == kContainer + ".ports[0].containerPort: Invalid value: 80800: must be between 1 and 65535, inclusive");
  BOOST_TEST(deployment("ports: [{containerPort: 80, protocol: HTTP}]") == kContainer + ".ports[0].protocol: Unsupported value: \"HTTP\": supported values: \"SCTP\", \"TCP\", \"UDP\"");
  BOOST_TEST(deployment("ports: [{containerPort: 80, name: a}, {containerPort: 81, name: a}]") == kContainer + ".ports[1].name: Duplicate value: \"a\"");
  BOOST_TEST(deployment("ports: [{containerPort: 80, name: a, protocol: UDP}]") == "");
}

BOOST_AUTO_TEST_CASE(a_variable_has_one_source) {
  BOOST_TEST(deployment("env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]") ==
             kContainer + ".env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty");
  BOOST_TEST(deployment("env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]") == "");
}

BOOST_AUTO_TEST_CASE(mounted_volumes_exist) {
  BOOST_TEST(deployment("volumeMounts: [{name: v, mountPath: /v}]") == kContainer + ".volumeMounts[0].name: Not found: \"v\"");
  BOOST_TEST(deployment("volumeMounts: [{name: v, mountPath: /v}]", "volumes: [{name: v, emptyDir: {}}], ") == "");
  BOOST_TEST(deployment("", "volumes: [{name: v}], ") == "spec.template.spec.volumes[0]: Required value: must specify a volume type");
}

BOOST_AUTO_TEST_CASE(requests_stay_below_limits) {
  BOOST_TEST(deployment("resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}") == kContainer + ".resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1500m");
  BOOST_TEST(deployment("resources: {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}}") ==
             kContainer + ".resources.requests: Invalid value: \"1\": must be equal to nvidia.com/gpu limit of 2");
  BOOST_TEST(deployment("resources: {requests: {cpu: 1}, limits: {cpu: 1500m}}") == "");
}

BOOST_AUTO_TEST_CASE(a_probe_does_one_thing) {
  BOOST_TEST(deployment("readinessProbe: {httpGet: {port: 80}, tcpSocket: {port: 80}}") == kContainer + ".readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type");
  BOOST_TEST(deployment("readinessProbe: {periodSeconds: 5}") == kContainer + ".readinessProbe: Required value: must specify a handler type");
  BOOST_TEST(deployment("livenessProbe: {httpGet: {port: 80}, successThreshold: 2}") == kContainer + ".livenessProbe.successThreshold: Invalid value: 2: must be 1");
  BOOST_TEST(deployment("readinessProbe: {httpGet: {port: 80}, successThreshold: 2}") == "");
}

BOOST_AUTO_TEST_CASE(deployments_restart_always_and_jobs_never_do) {
  BOOST_TEST(deployment("", "restartPolicy: Never, ") == "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"");
  BOOST_TEST(about("{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}") == "");
}

BOOST_AUTO_TEST_CASE(services_have_ports_with_names_when_there_are_several) {
  BOOST_TEST(service_spec("selector: {a: b}") == "spec.ports: Required value");
  BOOST_TEST(service_spec("ports: [{port: 80}, {port: 81, name: b}]") == "spec.ports[0].name: Required value");
  BOOST_TEST(service_spec("ports: [{port: 80}]") == "");
  BOOST_TEST(service_spec("clusterIP: None") == "");
}

BOOST_AUTO_TEST_CASE(an_autoscaler_has_room) {
  BOOST_TEST(autoscaler("minReplicas: 3, maxReplicas: 2") == "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`");
  BOOST_TEST(autoscaler("minReplicas: 2, maxReplicas: 2") == "");
}

BOOST_AUTO_TEST_CASE(an_ingress_path_has_a_type) {
  BOOST_TEST(ingress("path: /, pathType: Any, ") == "spec.rules[0].http.paths[0].pathType: Unsupported value: \"Any\": supported values: \"Exact\", \"ImplementationSpecific\", \"Prefix\"");
  BOOST_TEST(ingress("path: a, pathType: Prefix, ") == "spec.rules[0].http.paths[0].path: Invalid value: \"a\": must be an absolute path");
  BOOST_TEST(ingress("path: /, pathType: Prefix, ") == "");
}

BOOST_AUTO_TEST_CASE(keys_of_config_maps_are_file_names) {
  BOOST_TEST(about("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a/b: c}}").starts_with("data[a/b]: Invalid value: \"a/b\""));
  BOOST_TEST(about("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a.b: c}}") == "");
}

BOOST_AUTO_TEST_CASE(a_claim_asks_for_storage_in_a_known_way) {
  BOOST_TEST(about("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [RWO], resources: {requests: {storage: 1Gi}}}}") ==
             "spec.accessModes[0]: Unsupported value: \"RWO\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"");
  BOOST_TEST(about("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}") == "");
}
