#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

static std::string component(std::string_view uris, std::string_view more = "") {
  return cat("storageUris: ", uris, "\nspec: {containers: [{name: kserve-container}]}\n", more);
}

static constexpr std::string_view kTwo =
    "[{uri: 's3://b/base', mountPath: /mnt/models/base}, {uri: 'hf://o/lora', mountPath: /mnt/models/lora}]";

BOOST_AUTO_TEST_SUITE(storage_uris)

BOOST_AUTO_TEST_CASE(all_downloads_share_one_initializer_and_one_volume) {
  World w;
  w.inject_uris(component(kTwo));
  BOOST_TEST(w.error() == "");
  BOOST_TEST(w.at("spec.initContainers[0].args") == yaml("['s3://b/base', /mnt/models/base, 'hf://o/lora', /mnt/models/lora]"));
  BOOST_TEST(w.at("spec.initContainers[0].volumeMounts") == yaml("[{name: mnt-models, mountPath: /mnt/models}]"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts") == yaml("[{name: mnt-models, mountPath: /mnt/models, readOnly: true}]"));
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: mnt-models, emptyDir: {}}]"));
}

BOOST_AUTO_TEST_CASE(nothing_happens_without_uris) {
  World w;
  w.inject_uris(component("[]"));
  BOOST_TEST(w.at("spec") == yaml("{containers: [{name: kserve-container}]}"));
}

BOOST_AUTO_TEST_CASE(a_claim_is_mounted_whole_at_its_path) {
  World w;
  w.inject_uris(component("[{uri: 'pvc://claim/sub', mountPath: /data/m}, {uri: 's3://b', mountPath: /mnt/models}]"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts[0]") == yaml("{name: data-m, mountPath: /data/m, readOnly: true}"));
  BOOST_TEST(w.at("spec.volumes[0]") == yaml("{name: data-m, persistentVolumeClaim: {claimName: claim}}"));
  BOOST_TEST(w.at("spec.initContainers[0].args") == yaml("['s3://b', /mnt/models]"));
  BOOST_TEST(w.reported(Code::PvcPathIgnored));
}

BOOST_AUTO_TEST_CASE(claims_alone_need_no_initializer) {
  World w;
  w.inject_uris(component("[{uri: 'pvc://claim', mountPath: /mnt/models}]"));
  BOOST_TEST(w.at("spec.initContainers") == "");
}

BOOST_AUTO_TEST_CASE(the_workers_of_a_multi_node_predictor_get_the_same) {
  World w;
  w.inject_uris(component(kTwo, "worker: {spec: {containers: [{name: worker-container}]}}"));
  BOOST_TEST(w.at("worker.spec.containers[0].volumeMounts[0].name") == "\"mnt-models\"");
  BOOST_TEST(w.at("worker.spec.initContainers[0].args") == w.at("spec.initContainers[0].args"));
}

static constexpr std::string_view kSingle =
    "{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterStorageContainer, metadata: {name: one}, "
    "spec: {container: {name: fetch-one, image: i}, supportedUriFormats: [{prefix: 's3://'}]}}";

BOOST_AUTO_TEST_CASE(a_storage_container_must_support_several_downloads) {
  World w;
  w.add(kSingle).inject_uris(component(kTwo));
  BOOST_TEST(w.error() ==
             "storage container \"fetch-one\" does not support multi-model download; use the default kserve storage initializer or a "
             "compatible storage container");
}

BOOST_AUTO_TEST_CASE(the_first_uri_chooses_the_storage_container) {
  World w;
  w.add(kSingle).inject_uris(component("[{uri: 'hf://o/m', mountPath: /mnt/models/a}, {uri: 's3://b', mountPath: /mnt/models/b}]"));
  BOOST_TEST(w.error() == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_storage_container_fails_the_service_in_every_mode) {
  World w;
  w.knative().inject_uris(component(kTwo, "storageContainerName: none"));
  BOOST_TEST(w.error() == "failed to get storage container spec: ClusterStorageContainer \"none\" not found");
}

BOOST_AUTO_TEST_CASE(knative_mode_goes_on_after_an_error) {
  World w;
  w.add(kSingle).knative().inject_uris(component(kTwo));
  BOOST_TEST(w.error() == "");
  BOOST_TEST(w.at("spec") == yaml("{containers: [{name: kserve-container}]}"));
  BOOST_TEST(w.reported(Code::StorageUrisFailed));
}

BOOST_AUTO_TEST_CASE(knative_mode_keeps_what_was_injected_before_an_error) {
  World w;
  w.add("{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}, secrets: [{name: gone}]}")
      .knative()
      .inject_uris(component(kTwo));
  BOOST_TEST(w.at("spec.initContainers[0].args[0]") == "\"s3://b/base\"");
  BOOST_TEST(w.at("spec.initContainers[0].env") == "");
}

BOOST_AUTO_TEST_CASE(env_storage_uri_is_left_alone) {
  World w;
  w.inject_uris(cat("storageUris: ", kTwo, "\nspec: {containers: [{name: kserve-container, env: [{name: STORAGE_URI, value: x}]}]}"));
  BOOST_TEST(w.at("spec.containers[0].env") == yaml("[{name: STORAGE_URI, value: x}]"));
}

BOOST_AUTO_TEST_CASE(the_predictors_storage_counts_only_with_key_and_parameters) {
  World w;
  w.add("{apiVersion: v1, kind: Secret, metadata: {name: storage-config}, stringData: {k: '{\"type\": \"s3\", \"bucket\": \"b\"}'}}");
  w.inject_uris(component(kTwo, "storage: {key: k}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0].name") == "\"HF_HUB_ENABLE_HF_TRANSFER\"");
  w.inject_uris(component(kTwo, "storage: {key: k, parameters: {}}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") ==
             yaml("{name: STORAGE_CONFIG, valueFrom: {secretKeyRef: {name: storage-config, key: k}}}"));
}

// --- OCI entries ---

BOOST_AUTO_TEST_CASE(each_oci_entry_gets_its_own_modelcar) {
  World w;
  w.inject_uris(component(
      "[{uri: 'oci://a', mountPath: /mnt/a/m}, {uri: 's3://b', mountPath: /mnt/models}, {uri: 'oci+modelcar://c', mountPath: /mnt/c/m}]"));
  BOOST_TEST(w.at("spec.containers[1].name") == "\"modelcar\"");
  BOOST_TEST(w.at("spec.containers[2].name") == "\"modelcar-1\"");
  BOOST_TEST(w.at("spec.containers[2].volumeMounts") == yaml("[{name: kserve-provision-location-1, mountPath: /mnt/c}]"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts") ==
             yaml("[{name: kserve-provision-location, mountPath: /mnt/a}, {name: kserve-provision-location-1, mountPath: /mnt/c}, "
                  "{name: mnt-models, mountPath: /mnt/models, readOnly: true}]"));
  BOOST_TEST(w.at("spec.initContainers[0].name") == "\"modelcar-init\"");
  BOOST_TEST(w.at("spec.initContainers[1].name") == "\"modelcar-init-1\"");
  BOOST_TEST(w.at("spec.initContainers[2].args") == yaml("['s3://b', /mnt/models]"));
}

BOOST_AUTO_TEST_CASE(modelcars_below_one_directory_would_hide_each_other) {
  World w;
  w.inject_uris(component("[{uri: 'oci://a', mountPath: /mnt/m/a}, {uri: 'oci://b', mountPath: /mnt/m/b}]"));
  BOOST_TEST(w.error() ==
             "OCI mount paths \"/mnt/m/a\" and \"/mnt/m/b\" share parent directory \"/mnt/m\", which would cause volume mount shadowing; "
             "use mount paths with "
             "distinct parent directories");
}

BOOST_AUTO_TEST_CASE(image_volumes_need_different_paths_only) {
  World w;
  w.config("{storageInitializer: {ociModelMode: native}}");
  w.inject_uris(component("[{uri: 'oci://a', mountPath: /mnt/m/a}, {uri: 'oci://b', mountPath: /mnt/m/b}]"));
  BOOST_TEST(w.error() == "");
  w.inject_uris(component("[{uri: 'oci://a', mountPath: /mnt/m}, {uri: 'oci://b', mountPath: /mnt/m}]"));
  BOOST_TEST(w.error() == "OCI mount path \"/mnt/m\" is specified more than once; each native ImageVolume must have a unique mount path");
}

BOOST_AUTO_TEST_CASE(at_most_ten_plain_oci_entries) {
  World w;
  std::string uris;
  for (int i = 0; i < 11; ++i) uris += cat(i ? ", " : "", "{uri: 'oci://i', mountPath: /m", i, "/x}");
  w.inject_uris(component(cat("[", uris, "]")));
  BOOST_TEST(w.error() == "too many OCI sources (11); maximum is 10 per pod");
}

BOOST_AUTO_TEST_CASE(explicit_modes_are_neither_counted_nor_compared) {
  World w;
  w.inject_uris(component("[{uri: 'oci+modelcar://a', mountPath: /mnt/m/a}, {uri: 'oci+modelcar://b', mountPath: /mnt/m/b}]"));
  BOOST_TEST(w.error() == "");
}

BOOST_AUTO_TEST_CASE(oci_entries_of_a_disabled_mode_are_lost) {
  World w;
  w.config("{storageInitializer: {enableModelcar: false}}")
      .inject_uris(component("[{uri: 'oci://a', mountPath: /mnt/a}, {uri: 's3://b', mountPath: /mnt/b}]"));
  BOOST_TEST(w.at("spec.initContainers[0].args") == yaml("['s3://b', /mnt/b]"));
  BOOST_TEST(w.at("spec.containers[1]") == "");
  BOOST_TEST(w.reported(Code::OciModelNotInjected));
}

static constexpr std::string_view kOciLast =
    "[{uri: 's3://b', mountPath: /mnt/b}, {uri: 'oci://a', mountPath: /mnt/a/m}, {uri: 'oci://c', mountPath: /mnt/c/m}]";
static constexpr std::string_view kOciFirst = "[{uri: 'oci://a', mountPath: /mnt/a/m}, {uri: 's3://b', mountPath: /mnt/b}]";

BOOST_AUTO_TEST_CASE(v0_19_serves_only_the_first_oci_entry) {
  World w("v0.19.0");
  w.inject_uris(component(kOciLast));
  BOOST_TEST(w.at("spec.containers[1].image") == "\"a\"");
  BOOST_TEST(w.at("spec.containers[2]") == "");
  BOOST_TEST(w.at("spec.initContainers[0].name") == "\"modelcar-init\"");
  BOOST_TEST(w.at("spec.initContainers[1]") == "");
}

BOOST_AUTO_TEST_CASE(v0_18_serves_nothing_after_an_oci_entry_and_downloads_later_ones) {
  World first("v0.18.1");
  first.inject_uris(component(kOciFirst));
  BOOST_TEST(first.at("spec") == yaml("{containers: [{name: kserve-container}]}"));
  World last("v0.18.1");
  last.inject_uris(component(kOciLast));
  BOOST_TEST(last.at("spec.initContainers[0].args") == yaml("['s3://b', /mnt/b, 'oci://a', /mnt/a/m, 'oci://c', /mnt/c/m]"));
}

BOOST_AUTO_TEST_CASE(older_releases_download_oci_uris_with_a_mode) {
  World w("v0.19.0");
  w.inject_uris(component("[{uri: 'oci+native://a', mountPath: /mnt/a}]"));
  BOOST_TEST(w.at("spec.initContainers[0].args") == yaml("['oci+native://a', /mnt/a]"));
}

BOOST_AUTO_TEST_SUITE_END()
