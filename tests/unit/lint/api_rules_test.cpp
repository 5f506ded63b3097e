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
}

BOOST_AUTO_TEST_CASE(a_stateful_set_mounts_its_claims) {
  const auto mounting = [](const std::string& volume) {
    return about("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {serviceName: a, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
                 "spec: {containers: [{name: a, image: b, volumeMounts: [{name: " + volume + ", mountPath: /d}]}]}}, volumeClaimTemplates: [{metadata: {name: d}}]}}");
  };
  BOOST_TEST(mounting("d") == "");
  BOOST_TEST(mounting("e") == kContainer + ".volumeMounts[0].name: Not found: \"e\"");
}

BOOST_AUTO_TEST_CASE(a_volume_has_one_source_an_empty_folder_unless_it_says_more) {
  BOOST_TEST(deployment("", "volumes: [{name: v}], ") == "");
  BOOST_TEST(deployment("", "volumes: [{name: v, emptyDir: {}, secret: null}], ") == "");
  BOOST_TEST(deployment("", "volumes: [{name: v, emptyDir: {}, secret: {secretName: s}}], ") == "spec.template.spec.volumes[0]: Forbidden: may not specify more than 1 volume type");
  BOOST_TEST(deployment("", "volumes: [{name: v, secret: {}}], ") == "spec.template.spec.volumes[0].secret.secretName: Required value");
  BOOST_TEST(deployment("", "volumes: [{name: v, configMap: {}}], ") == "spec.template.spec.volumes[0].configMap.name: Required value");
}

BOOST_AUTO_TEST_CASE(init_containers_that_end_are_not_probed) {
  BOOST_TEST(deployment("", "initContainers: [{name: i, image: x, livenessProbe: {tcpSocket: {port: 1}}}], ") ==
             "spec.template.spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always");
  BOOST_TEST(deployment("", "initContainers: [{name: i, image: x, restartPolicy: Always, livenessProbe: {tcpSocket: {port: 1}}}], ") == "");
}

BOOST_AUTO_TEST_CASE(what_has_a_default_may_be_left_empty) {
  BOOST_TEST(deployment("imagePullPolicy: '', terminationMessagePolicy: '', ports: [{containerPort: 80, protocol: ''}]", "dnsPolicy: '', restartPolicy: '', terminationGracePeriodSeconds: -1, ") == "");
  BOOST_TEST(deployment("terminationMessagePolicy: Logs") == kContainer + ".terminationMessagePolicy: Unsupported value: \"Logs\": supported values: \"File\", \"FallbackToLogsOnError\"");
  BOOST_TEST(service_spec("type: '', ports: [{port: 80, targetPort: 0, protocol: ''}]") == "");
  BOOST_TEST(service_spec("ports: [{port: 80, targetPort: 70000}]") == "spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive");
}

BOOST_AUTO_TEST_CASE(labels_of_pods_are_labels) {
  const auto labelled = [](const std::string& metadata) {
    return about("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: " + metadata +
                 ", spec: {containers: [{name: c, image: d}]}}}}");
  };
  BOOST_TEST(labelled("{labels: {a: b, team: x_1}, annotations: {Upper.case/y: any text}}") == "");
  BOOST_TEST(labelled("{labels: {a: b, team: x y}}").starts_with("spec.template.labels: Invalid value: \"x y\": a valid label must be"));
  BOOST_TEST(labelled("{labels: {a: b, te am: x}}").starts_with("spec.template.labels: Invalid value: \"te am\": name part must consist"));
  BOOST_TEST(labelled("{labels: {a: b}, annotations: {te am: x}}").starts_with("spec.template.annotations: Invalid value: \"te am\": name part must consist"));
}

BOOST_AUTO_TEST_CASE(a_rollout_replaces_pods) {
  const auto rolled = [](const std::string& strategy) {
    return about("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, strategy: " + strategy +
                 ", template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: d}]}}}}");
  };
  const std::string update = "spec.strategy.rollingUpdate";
  BOOST_TEST(rolled("{rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}") == "");
  BOOST_TEST(rolled("{rollingUpdate: {maxUnavailable: 0}}") == "");
  BOOST_TEST(rolled("{type: Recreate}") == "");
  BOOST_TEST(rolled("{type: Recreate, rollingUpdate: {maxSurge: 1}}") == update + ": Forbidden: may not be specified when strategy `type` is 'Recreate'");
  BOOST_TEST(rolled("{rollingUpdate: {maxSurge: 0%, maxUnavailable: 0}}") == update + ".maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0");
  BOOST_TEST(rolled("{rollingUpdate: {maxSurge: -1}}") == update + ".maxSurge: Invalid value: -1: must be greater than or equal to 0");
  BOOST_TEST(rolled("{rollingUpdate: {maxSurge: some}}").starts_with(update + ".maxSurge: Invalid value: \"some\": a valid percent string must be"));
  BOOST_TEST(rolled("{rollingUpdate: {maxUnavailable: 101%}}") == update + ".maxUnavailable: Invalid value: \"101%\": must not be greater than 100%");
  BOOST_TEST(rolled("{rollingUpdate: {maxUnavailable: 99999999999%}}") == update + ".maxUnavailable: Invalid value: \"99999999999%\": must not be greater than 100%");
}

BOOST_AUTO_TEST_CASE(pods_have_containers) {
  BOOST_TEST(about("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}}}") ==
             "spec.template.spec.containers: Required value");
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
  const auto job = [](const std::string& restart) {
    return about("{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {" + restart + "containers: [{name: a, image: b}]}}}}");
  };
  BOOST_TEST(job("restartPolicy: Never, ") == "");
  for (const auto* unsaid : {"", "restartPolicy: '', ", "restartPolicy: Always, "})
    BOOST_TEST(job(unsaid) == "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
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
  BOOST_TEST(ingress("path: /, pathType: '', ") == "spec.rules[0].http.paths[0].pathType: Unsupported value: \"\": supported values: \"Exact\", \"ImplementationSpecific\", \"Prefix\"");
  BOOST_TEST(ingress("path: a, pathType: Prefix, ") == "spec.rules[0].http.paths[0].path: Invalid value: \"a\": must be an absolute path");
  BOOST_TEST(ingress("path: /, pathType: Prefix, ") == "");
}

BOOST_AUTO_TEST_CASE(keys_of_config_maps_are_file_names) {
  BOOST_TEST(about("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a/b: c}}").starts_with("data[a/b]: Invalid value: \"a/b\""));
  BOOST_TEST(about("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a.b: c}}") == "");
}

BOOST_AUTO_TEST_CASE(a_claim_asks_for_storage_in_a_known_way) {
  BOOST_TEST(about("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [RWO], resources: {requests: {storage: 1Gi}}}}") ==
             "spec.accessModes: Unsupported value: \"RWO\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"");
  BOOST_TEST(about("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}") == "");
}
