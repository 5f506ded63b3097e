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
                 "spec: {containers: [{name: a, image: b, volumeMounts: [{name: " + volume + ", mountPath: /d}]}]}}, volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}");
  };
  BOOST_TEST(mounting("d") == "");
  BOOST_TEST(mounting("e") == kContainer + ".volumeMounts[0].name: Not found: \"e\"");
}

BOOST_AUTO_TEST_CASE(a_volume_has_one_source_an_empty_folder_unless_it_says_more) {
  BOOST_TEST(deployment("", "volumes: [{name: v}], ") == "");
  BOOST_TEST(deployment("", "volumes: [{name: v, emptyDir: {}, secret: null}], ") == "");
  BOOST_TEST(deployment("", "volumes: [{name: v, emptyDir: {}, secret: {secretName: s}}], ") == "spec.template.spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type");
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

// ---- resources, volumes, places, metrics: one broken and one kept example of each rule

BOOST_AUTO_TEST_CASE(resources_of_containers_have_known_names) {
  BOOST_TEST(deployment("resources: {limits: {gpu: 1}}") == kContainer + ".resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource type or fully qualified");
  BOOST_TEST(deployment("resources: {limits: {pods: 1}}") == kContainer + ".resources.limits[pods]: Invalid value: \"pods\": must be a standard resource for containers");
  BOOST_TEST(deployment("resources: {limits: {requests.example.com/gpu: 1}}") ==
             kContainer + ".resources.limits[requests.example.com/gpu]: Invalid value: \"requests.example.com/gpu\": doesn't follow extended resource name standard");
  for (const char* known : {"cpu: 1", "memory: 1Gi", "ephemeral-storage: 1Gi", "nvidia.com/gpu: 1", "cpu: 1, hugepages-2Mi: 2Mi"})
    BOOST_TEST(deployment(std::string("resources: {limits: {") + known + "}}") == "", known);
}

BOOST_AUTO_TEST_CASE(amounts_are_not_negative_and_devices_whole) {
  BOOST_TEST(deployment("resources: {limits: {cpu: '-1'}}") == kContainer + ".resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0");
  BOOST_TEST(deployment("resources: {limits: {cpu: -1}}") == kContainer + ".resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0");
  BOOST_TEST(deployment("resources: {limits: {nvidia.com/gpu: 500m}}") == kContainer + ".resources.limits[nvidia.com/gpu]: Invalid value: \"500m\": must be an integer");
  BOOST_TEST(deployment("resources: {limits: {cpu: 500m, nvidia.com/gpu: 2000m}}") == "");
}

BOOST_AUTO_TEST_CASE(devices_that_are_requested_have_a_limit) {
  BOOST_TEST(deployment("resources: {requests: {nvidia.com/gpu: 1}}") == kContainer + ".resources.limits: Required value: Limit must be set for non overcommitable resources");
  BOOST_TEST(deployment("resources: {requests: {cpu: 1}}") == "");
  BOOST_TEST(deployment("resources: {limits: {hugepages-2Mi: 2Mi}}") == kContainer + ".resources: Forbidden: HugePages require cpu or memory");
}

BOOST_AUTO_TEST_CASE(a_source_of_a_variable_names_what_there_can_be) {
  const std::string variable = kContainer + ".env[0].valueFrom";
  const auto from = [](const std::string& source) { return deployment("env: [{name: A, valueFrom: {" + source + "}}]"); };
  BOOST_TEST(from("") == variable + ": Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
  BOOST_TEST(from("secretKeyRef: {name: a, key: ''}") == variable + ".secretKeyRef.key: Required value");
  BOOST_TEST(from("fieldRef: {fieldPath: metadata.label}") ==
             variable + ".fieldRef.fieldPath: Invalid value: \"metadata.label\": error converting fieldPath: field label not supported: metadata.label");
  BOOST_TEST(from("fieldRef: {fieldPath: status.phase}").starts_with(variable + ".fieldRef.fieldPath: Unsupported value: \"status.phase\": supported values: \"metadata.name\""));
  BOOST_TEST(from("resourceFieldRef: {resource: cpu}").starts_with(variable + ".resourceFieldRef.resource: Unsupported value: \"cpu\""));
  for (const char* kept : {"secretKeyRef: {name: a, key: b}", "fieldRef: {fieldPath: status.podIP}", "fieldRef: {fieldPath: 'metadata.labels[''a'']'}", "resourceFieldRef: {resource: limits.cpu}"})
    BOOST_TEST(from(kept) == "", kept);
  BOOST_TEST(deployment("envFrom: [{prefix: A}]") == kContainer + ".envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`");
  BOOST_TEST(deployment("envFrom: [{secretRef: {name: a}}]") == "");
}

BOOST_AUTO_TEST_CASE(volumes_say_what_they_hold) {
  const auto volume = [](const std::string& source) { return deployment("", "volumes: [{name: v, " + source + "}], "); };
  BOOST_TEST(volume("persistentVolumeClaim: {claimName: ''}") == "spec.template.spec.volumes[0].persistentVolumeClaim.claimName: Required value");
  BOOST_TEST(volume("hostPath: {path: ''}") == "spec.template.spec.volumes[0].hostPath.path: Required value");
  BOOST_TEST(volume("persistentVolumeClaim: {claimName: a}") == "");
}

BOOST_AUTO_TEST_CASE(pods_go_where_nodes_can_be) {
  const std::string pod = "spec.template.spec";
  const auto placed = [](const std::string& fields) { return deployment("", fields + ", "); };
  BOOST_TEST(placed("nodeSelector: {gpu: 'a b'}").starts_with(pod + ".nodeSelector: Invalid value: \"a b\""));
  BOOST_TEST(placed("tolerations: [{operator: Equal}]") ==
             pod + ".tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
  BOOST_TEST(placed("tolerations: [{key: a, operator: Exists, value: b}]") == pod + ".tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'");
  BOOST_TEST(placed("affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}") ==
             pod + ".affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term");
  BOOST_TEST(placed("affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Is}]}]}}}") ==
             pod + ".affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: \"Is\": not a valid selector operator");
  BOOST_TEST(placed("affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 0, podAffinityTerm: {topologyKey: a}}]}}") ==
             pod + ".affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100");
  BOOST_TEST(placed("topologySpreadConstraints: [{maxSkew: 0, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]") ==
             pod + ".topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero");
  BOOST_TEST(placed("nodeSelector: {gpu: a100}, tolerations: [{operator: Exists}, {key: a, value: b, effect: NoSchedule}], "
                    "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]}}}, "
                    "topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]") == "");
}

BOOST_AUTO_TEST_CASE(selectors_select_something) {
  const auto workload = [](const std::string& kind, const std::string& more) {
    return about("{apiVersion: apps/v1, kind: " + kind + ", metadata: {name: a}, spec: {" + more + ", template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}}}");
  };
  BOOST_TEST(workload("Deployment", "selector: {}") == "spec.selector: Invalid value: {}: empty selector is invalid for deployment");
  BOOST_TEST(workload("StatefulSet", "selector: {matchLabels: {}}") == "spec.selector: Invalid value: {}: empty selector is invalid for statefulset");
  BOOST_TEST(workload("Deployment", "selector: {matchLabels: {a: b}}, progressDeadlineSeconds: 5, minReadySeconds: 5") ==
             "spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds");
  BOOST_TEST(workload("Deployment", "selector: {matchLabels: {a: b}}, progressDeadlineSeconds: 6, minReadySeconds: 5") == "");
  BOOST_TEST(workload("StatefulSet", "selector: {matchLabels: {a: b}}, volumeClaimTemplates: [{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce]}}]") ==
             "spec.volumeClaimTemplates[0].spec.resources[storage]: Required value");
}

BOOST_AUTO_TEST_CASE(a_metric_has_one_source_and_a_target) {
  const auto metric = [](const std::string& text) { return autoscaler("maxReplicas: 2, metrics: [{" + text + "}]"); };
  BOOST_TEST(metric("type: Cpu").starts_with("spec.metrics[0].type: Unsupported value: \"Cpu\": supported values: \"ContainerResource\", \"External\""));
  BOOST_TEST(metric("type: Resource") == "spec.metrics[0].resource: Required value: must populate information for the given metric source");
  BOOST_TEST(metric("type: Resource, resource: {name: cpu, target: {type: Utilization}}") ==
             "spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization");
  BOOST_TEST(metric("type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 0}}") ==
             "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0");
  BOOST_TEST(metric("type: Pods, pods: {metric: {name: a}, target: {type: Value, value: 1}}") ==
             "spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue");
  BOOST_TEST(metric("type: External, external: {metric: {name: a}, target: {type: Value, value: '-1'}}") == "spec.metrics[0].external.target.value: Invalid value: \"-1\": must be positive");
  BOOST_TEST(metric("type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}") == "");
  BOOST_TEST(autoscaler("maxReplicas: 2, minReplicas: 0") == "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1");
  BOOST_TEST(autoscaler("maxReplicas: 2, behavior: {scaleDown: {stabilizationWindowSeconds: 3601, policies: [{type: Pods, value: 1, periodSeconds: 15}]}}") ==
             "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600");
}

BOOST_AUTO_TEST_CASE(an_ingress_leads_somewhere) {
  const auto backend = [](const std::string& text) {
    return about("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {" + text + "}}]}}]}}");
  };
  const std::string path = "spec.rules[0].http.paths[0].backend";
  BOOST_TEST(backend("") == path + ": Invalid value: \"\": resource or service backend is required");
  BOOST_TEST(backend("service: {name: web, port: {}}") == path + ": Required value: port name or number is required");
  BOOST_TEST(backend("service: {name: web, port: {name: a, number: 80}}") == path + ": Invalid value: \"\": cannot set both port name & port number");
  BOOST_TEST(backend("service: {name: web, port: {number: 80}}") == "");
}
