#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

static constexpr std::string_view kDefaultEnv =
    "[{name: HF_HUB_ENABLE_HF_TRANSFER, value: '1'}, {name: HF_XET_HIGH_PERFORMANCE, value: '1'}, {name: HF_XET_NUM_CONCURRENT_RANGE_GETS, "
    "value: '8'}]";

BOOST_AUTO_TEST_SUITE(storage_initializer)

BOOST_AUTO_TEST_CASE(a_model_is_downloaded_by_an_init_container) {
  World w;
  w.mutate(pod_of_uri("s3://b/iris"));
  BOOST_TEST(w.at("spec.initContainers") ==
             yaml(cat("[{name: storage-initializer, image: 'kserve/storage-initializer:latest', args: ['s3://b/iris', /mnt/models], "
                      "terminationMessagePolicy: FallbackToLogsOnError, "
                      "resources: {limits: {cpu: '1', memory: 1Gi}, requests: {cpu: 100m, memory: 100Mi}}, "
                      "volumeMounts: [{name: kserve-provision-location, mountPath: /mnt/models}], env: ",
                      kDefaultEnv, "}]")));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts") ==
             yaml("[{name: kserve-provision-location, mountPath: /mnt/models, readOnly: true}]"));
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: kserve-provision-location, emptyDir: {}}]"));
}

BOOST_AUTO_TEST_CASE(nothing_is_injected_without_a_source_uri) {
  World w;
  w.mutate(pod(""));
  BOOST_TEST(w.at("spec") == yaml("{containers: [{name: kserve-container, resources: {}}]}"));
}

BOOST_AUTO_TEST_CASE(only_false_makes_the_mount_writable) {
  World w;
  for (const char* value : {"false", "False", "no"}) {
    w.mutate(pod(cat("internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b', storage.kserve.io/readonly: '", value, "'")));
    BOOST_TEST((w.at("spec.containers[0].volumeMounts[0].readOnly") == "") == (value == std::string("false")), value);
  }
}

BOOST_AUTO_TEST_CASE(a_claim_is_mounted_without_download_or_credentials) {
  World w;
  w.mutate(pod_of_uri("pvc://claim/a/b/", "  serviceAccountName: missing"));
  BOOST_TEST(w.at("spec.initContainers") == "");
  BOOST_TEST(w.at("spec.containers[0].volumeMounts") ==
             yaml("[{name: kserve-pvc-source, mountPath: /mnt/models, subPath: a/b/, readOnly: true}]"));
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: kserve-pvc-source, persistentVolumeClaim: {claimName: claim}}]"));
  BOOST_TEST(!w.reported(Code::ServiceAccountMissing));
}

BOOST_AUTO_TEST_CASE(the_transformer_container_sees_the_model_too) {
  World w;
  w.mutate(R"(
metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}}
spec: {containers: [{name: transformer-container}, {name: other}, {name: kserve-container}]}
)");
  BOOST_TEST(w.at("spec.containers[0].volumeMounts[0].name") == "\"kserve-provision-location\"");
  BOOST_TEST(w.at("spec.containers[1].volumeMounts") == "");
  BOOST_TEST(w.at("spec.containers[2].volumeMounts[0].name") == "\"kserve-provision-location\"");
}

BOOST_AUTO_TEST_CASE(a_worker_stands_in_for_the_missing_kserve_container) {
  World w;
  w.mutate(
      "{metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 'pvc://c'}}, spec: {containers: [{name: "
      "worker-container}]}}");
  BOOST_TEST(w.at("spec.containers[0].volumeMounts[0].mountPath") == "\"/mnt/models\"");
}

BOOST_AUTO_TEST_CASE(a_pod_without_a_model_container_is_refused_and_unchanged) {
  World w;
  w.mutate(
      "{metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}}, spec: {containers: [{name: "
      "other}]}}");
  BOOST_TEST(w.error() == "Invalid configuration: cannot find container");
  BOOST_TEST(w.at("spec") == yaml("{containers: [{name: other}]}"));
}

BOOST_AUTO_TEST_CASE(env_storage_uri_points_to_the_mounted_model) {
  World w;
  w.mutate(R"(
metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 'pvc://c'}}
spec:
  containers:
  - name: kserve-container
    env: [{name: STORAGE_URI, value: 'pvc://c'}, {name: STORAGE_URI}, {name: OTHER, value: 'pvc://c'}]
)");
  BOOST_TEST(w.at("spec.containers[0].env") ==
             yaml("[{name: STORAGE_URI, value: /mnt/models}, {name: STORAGE_URI}, {name: OTHER, value: 'pvc://c'}]"));
}

BOOST_AUTO_TEST_CASE(an_init_container_of_that_name_stops_the_injection) {
  World w;
  w.mutate(pod_of_uri("s3://b", "  initContainers: [{name: storage-initializer}]"));
  BOOST_TEST(w.at("spec.initContainers") == yaml("[{name: storage-initializer}]"));
  BOOST_TEST(w.at("spec.volumes") == "");
  BOOST_TEST(w.reported(Code::DownloadSkipped));
}

BOOST_AUTO_TEST_CASE(a_volume_of_that_name_is_used_as_it_is) {
  World w;
  w.mutate(pod_of_uri("s3://b", "  volumes: [{name: kserve-provision-location, hostPath: {path: /x}}]"));
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: kserve-provision-location, hostPath: {path: /x}}]"));
}

BOOST_AUTO_TEST_CASE(a_container_that_mounts_the_volume_is_left_alone) {
  World w;
  w.mutate(R"(
metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}}
spec: {containers: [{name: kserve-container, volumeMounts: [{name: kserve-provision-location, mountPath: /elsewhere}]}]}
)");
  BOOST_TEST(w.at("spec.containers[0].volumeMounts") == yaml("[{name: kserve-provision-location, mountPath: /elsewhere}]"));
}

BOOST_AUTO_TEST_CASE(another_volume_at_the_models_path_is_worth_a_warning) {
  World w;
  w.mutate(R"(
metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}}
spec: {containers: [{name: kserve-container, volumeMounts: [{name: mine, mountPath: /mnt/models}]}]}
)");
  BOOST_TEST(w.reported(Code::MountPathTaken));
}

BOOST_AUTO_TEST_CASE(the_agent_pulls_models_itself) {
  World w;
  w.mutate(
      pod("internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b', internal.serving.kserve.io/agent: 'false', "
          "internal.serving.kserve.io/modelDir: /mnt/models, internal.serving.kserve.io/configVolumeName: cm"));
  BOOST_TEST(w.at("spec.initContainers") == "");
}

// --- models cached on the node ---

static std::string local_pod(std::string_view uri, std::string_view cached) {
  return cat(
      "metadata:\n  labels: {serving.kserve.io/inferenceservice: iris, internal.serving.kserve.io/localmodel: m}\n  annotations: {"
      "internal.serving.kserve.io/storage-initializer-sourceuri: '",
      uri, "', internal.serving.kserve.io/localmodel-sourceuri: '", cached,
      "', internal.serving.kserve.io/localmodel-pvc-name: m-gpu}\nspec: {containers: [{name: kserve-container}]}\n");
}

BOOST_AUTO_TEST_CASE(a_cached_model_is_mounted_from_its_claim) {
  World w;
  const std::string key = sha256_hex("hf://org/m").substr(0, 16);
  w.mutate(local_pod("hf://org/m/sub", "hf://org/m"));
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: kserve-pvc-source, persistentVolumeClaim: {claimName: m-gpu}}]"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts[0].subPath") == cat("\"models/", key, "/sub\""));
}

BOOST_AUTO_TEST_CASE(the_whole_cached_model_ends_in_a_slash) {
  World w;
  w.mutate(local_pod("hf://org/m", "hf://org/m"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts[0].subPath") == cat("\"models/", sha256_hex("hf://org/m").substr(0, 16), "/\""));
}

BOOST_AUTO_TEST_CASE(a_cached_uri_with_a_slash_does_not_match_the_bare_one) {
  World w;
  w.mutate(local_pod("hf://org/m", "hf://org/m/"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts[0].subPath") ==
             cat("\"models/", sha256_hex("hf://org/m/").substr(0, 16), "/hf://org/m\""));
}

BOOST_AUTO_TEST_CASE(a_cached_model_without_its_claim_is_refused) {
  World w;
  w.mutate(
      "{metadata: {labels: {serving.kserve.io/inferenceservice: iris, internal.serving.kserve.io/localmodel: m}, "
      "annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b'}}, spec: {containers: [{name: "
      "kserve-container}]}}");
  BOOST_TEST(w.error() == "Annotation internal.serving.kserve.io/localmodel-pvc-name not found");
}

// --- ClusterStorageContainer ---

static constexpr std::string_view kFetcher = R"(
apiVersion: serving.kserve.io/v1alpha1
kind: ClusterStorageContainer
metadata: {name: fetcher}
spec:
  container:
    name: storage-initializer
    image: fetch:1
    imagePullPolicy: Always
    env: [{name: LEVEL, value: debug}, {name: HF_XET_HIGH_PERFORMANCE, value: '0'}]
    resources: {limits: {memory: 2Gi}}
  supportedUriFormats: [{prefix: 's3://'}]
)";

BOOST_AUTO_TEST_CASE(a_storage_container_is_laid_over_the_initializer) {
  World w;
  w.add(kFetcher).mutate(pod_of_uri("s3://b"));
  BOOST_TEST(w.at("spec.initContainers[0].image") == "\"fetch:1\"");
  BOOST_TEST(w.at("spec.initContainers[0].imagePullPolicy") == "\"Always\"");
  BOOST_TEST(w.at("spec.initContainers[0].args") == yaml("['s3://b', /mnt/models]"));
  BOOST_TEST(w.at("spec.initContainers[0].resources") == yaml("{limits: {cpu: '1', memory: 2Gi}, requests: {cpu: 100m, memory: 100Mi}}"));
  BOOST_TEST(w.at("spec.initContainers[0].env") ==
             yaml("[{name: LEVEL, value: debug}, {name: HF_XET_HIGH_PERFORMANCE, value: '0'}, "
                  "{name: HF_HUB_ENABLE_HF_TRANSFER, value: '1'}, {name: HF_XET_NUM_CONCURRENT_RANGE_GETS, value: '8'}]"));
}

BOOST_AUTO_TEST_CASE(a_storage_container_named_by_the_service_must_support_even_a_claim) {
  World w;
  const std::string_view annotations =
      "internal.serving.kserve.io/storage-initializer-sourceuri: 'pvc://c', internal.serving.kserve.io/storage-container-name: fetcher";
  w.add(kFetcher).mutate(pod(annotations));
  BOOST_TEST(w.error() == "ClusterStorageContainer \"fetcher\" does not support storageUri \"pvc://c\"");
}

BOOST_AUTO_TEST_CASE(older_releases_do_not_read_the_storage_containers_name) {
  World w("v0.19.0");
  w.add(kFetcher).mutate(
      pod("internal.serving.kserve.io/storage-initializer-sourceuri: 'pvc://c', internal.serving.kserve.io/storage-container-name: none"));
  BOOST_TEST(w.error() == "");
  BOOST_TEST(w.at("spec.volumes[0].name") == "\"kserve-pvc-source\"");
}

BOOST_AUTO_TEST_CASE(args_of_a_storage_container_replace_the_uri) {
  World w;
  w.add(
      "{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterStorageContainer, metadata: {name: x}, spec: {container: {name: fetch, image: "
      "i, args: [a]}, "
      "supportedUriFormats: [{prefix: 's3://'}]}}");
  w.mutate(pod_of_uri("s3://b"));
  BOOST_TEST(w.at("spec.initContainers[0].args") == yaml("[a]"));
  BOOST_TEST(w.at("spec.initContainers[0].name") == "\"fetch\"");
  BOOST_TEST(w.reported(Code::StorageArgsReplaced));
  BOOST_TEST(w.reported(Code::StorageContainerRenamed));
}

static constexpr std::string_view kEnvOverlay = R"(
apiVersion: serving.kserve.io/v1alpha1
kind: ClusterStorageContainer
metadata: {name: x}
spec:
  container: {name: storage-initializer, image: i, env: [{name: NEW, value: new}, {name: HF_TOKEN, value: mine}]}
  supportedUriFormats: [{prefix: 'hf://'}]
---
apiVersion: v1
kind: Secret
metadata: {name: hf}
stringData: {HF_TOKEN: t}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default}
secrets: [{name: hf}]
)";

BOOST_AUTO_TEST_CASE(an_env_value_of_the_storage_container_clears_the_credentials_reference) {
  World w;
  w.add(kEnvOverlay).mutate(pod_of_uri("hf://o/m"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") == yaml("{name: NEW, value: new}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[1]") == yaml("{name: HF_TOKEN, value: mine}"));
}

BOOST_AUTO_TEST_CASE(older_releases_leave_stale_fields_at_the_same_place_of_the_list) {
  World w("v0.19.0");
  w.add(kEnvOverlay).mutate(pod_of_uri("hf://o/m"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") ==
             yaml("{name: NEW, value: new, valueFrom: {secretKeyRef: {name: hf, key: HF_TOKEN}}}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[1]") ==
             yaml("{name: HF_TOKEN, value: mine, valueFrom: {secretKeyRef: {name: hf, key: HF_TOKEN}}}"));
}

// --- CA bundle, confidential models, uid ---

BOOST_AUTO_TEST_CASE(outside_kserves_namespace_the_ca_bundle_has_the_copys_name) {
  World w;
  w.config("{storageInitializer: {caBundleConfigMapName: corp-ca, caBundleVolumeMountPath: /certs}}").mutate(pod_of_uri("s3://b"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") == yaml("{name: CA_BUNDLE_CONFIGMAP_NAME, value: global-ca-bundle}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[1]") == yaml("{name: CA_BUNDLE_VOLUME_MOUNT_POINT, value: /certs}"));
  BOOST_TEST(w.at("spec.initContainers[0].volumeMounts[1]") == yaml("{name: cabundle-cert, mountPath: /certs, readOnly: true}"));
  BOOST_TEST(w.at("spec.volumes[1]") == yaml("{name: cabundle-cert, configMap: {name: global-ca-bundle}}"));
}

BOOST_AUTO_TEST_CASE(a_secret_can_bring_its_own_ca_bundle) {
  World w;
  w.add(
       "{apiVersion: v1, kind: Secret, metadata: {name: s3, annotations: {serving.kserve.io/s3-cabundle-configmap: team-ca, "
       "serving.kserve.io/s3-cabundle: "
       "/x/ca/cabundle.crt}}, stringData: {AWS_SECRET_ACCESS_KEY: x}}")
      .add("{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}, secrets: [{name: s3}]}")
      .mutate(pod_of_uri("s3://b"));
  BOOST_TEST(w.at("spec.volumes[1]") == yaml("{name: cabundle-cert, configMap: {name: team-ca}}"));
  BOOST_TEST(w.at("spec.initContainers[0].volumeMounts[1].mountPath") == "\"/x/ca\"");
}

BOOST_AUTO_TEST_CASE(confidential_models_tell_the_initializer) {
  const std::string_view annotations =
      "internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b', internal.serving.kserve.io/confidential-enabled: 'true', "
      "internal.serving.kserve.io/confidential-resource-id: 'kbs:///a'";
  World w;
  w.mutate(pod(annotations));
  BOOST_TEST(w.at("spec.initContainers[0].env[3]") == yaml("{name: CONFIDENTIAL_ENABLED, value: 'true'}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[4]") == yaml("{name: CONFIDENTIAL_RESOURCE_ID, value: 'kbs:///a'}"));
  World old("v0.19.0");
  old.mutate(pod(annotations));
  BOOST_TEST(old.at("spec.initContainers[0].env[3]") == "");
}

static std::string pod_with_uid(std::string_view uid) {
  return pod(
      cat("internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b', serving.kserve.io/storage-initializer-uid: '", uid, "'"));
}

BOOST_AUTO_TEST_CASE(the_initializer_runs_as_the_annotated_uid) {
  World w;
  w.mutate(pod_with_uid("1501"));
  BOOST_TEST(w.at("spec.initContainers[0].securityContext") == yaml("{runAsUser: 1501}"));
}

BOOST_AUTO_TEST_CASE(a_uid_that_is_no_number_is_ignored) {
  World w;
  w.mutate(pod_with_uid("istio"));
  BOOST_TEST(w.at("spec.initContainers[0].securityContext") == "");
  BOOST_TEST(w.reported(Code::InitializerUidIgnored));
}

BOOST_AUTO_TEST_CASE(behind_istio_cni_the_initializer_takes_the_sidecars_uid) {
  const std::string annotations =
      "internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b', sidecar.istio.io/interceptionMode: REDIRECT, "
      "sidecar.istio.io/status: '{\"containers\": [\"istio-proxy\"]}'";
  const std::string text =
      cat("metadata: {annotations: {", annotations, "}}\nspec: {containers: [{name: kserve-container}, {name: istio-proxy}]}");
  World w;
  w.mutate(text);
  BOOST_TEST(w.at("spec.initContainers[0].securityContext.runAsUser") == "1337");
  w.mutate(replace_all(text, "{name: istio-proxy}", "{name: istio-proxy, securityContext: {runAsUser: 7}}"));
  BOOST_TEST(w.at("spec.initContainers[0].securityContext.runAsUser") == "7");
  w.mutate(replace_all(text, "REDIRECT", "TPROXY"));
  BOOST_TEST(w.at("spec.initContainers[0].securityContext") == "");
}

BOOST_AUTO_TEST_SUITE_END()
