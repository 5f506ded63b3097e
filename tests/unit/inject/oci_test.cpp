#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

BOOST_AUTO_TEST_SUITE(oci_models)

BOOST_AUTO_TEST_CASE(a_modelcar_lends_its_files_to_the_model_server) {
  World w;
  w.mutate(pod_of_uri("oci://reg/iris:1"));
  BOOST_TEST(w.at("spec.containers[1]") == yaml(R"(
name: modelcar
image: reg/iris:1
args: [sh, -c, "ln -sf /proc/$$$$/root/models /mnt/models && sleep infinity"]
resources: {limits: {cpu: 10m, memory: 15Mi}, requests: {cpu: 10m, memory: 15Mi}}
securityContext: {runAsUser: 1010}
terminationMessagePolicy: FallbackToLogsOnError
volumeMounts: [{name: kserve-provision-location, mountPath: /mnt}]
)"));
  BOOST_TEST(
      w.at("spec.containers[0]") ==
      yaml("{name: kserve-container, resources: {}, env: [{name: MODEL_INIT_MODE, value: async}], securityContext: {runAsUser: 1010}, "
           "volumeMounts: [{name: kserve-provision-location, mountPath: /mnt}]}"));
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: kserve-provision-location, emptyDir: {}}]"));
  BOOST_TEST(w.at("spec.shareProcessNamespace") == "true");
}

BOOST_AUTO_TEST_CASE(the_image_is_fetched_and_checked_before) {
  World w;
  w.mutate(pod_of_uri("oci://reg/iris:1"));
  BOOST_TEST(w.at("spec.initContainers[0].name") == "\"modelcar-init\"");
  BOOST_TEST(
      w.at("spec.initContainers[0].args[2]") ==
      yaml(
          R"x("echo 'Pre-fetching modelcar reg/iris:1: ' && [ -d /models ] && [ \"$$(ls -A /models)\" ] && echo 'OK ... Prefetched and valid (/models exists)' || (echo 'NOK ... Prefetched but modelcar is invalid (/models does not exist or is empty)' && exit 1)")x"));
  BOOST_TEST(w.at("spec.initContainers[0].securityContext") == "");
  BOOST_TEST(w.at("spec.initContainers[0].volumeMounts") == "");
}

BOOST_AUTO_TEST_CASE(the_users_of_modelcar_and_server_follow_the_configuration) {
  World w;
  w.config("{storageInitializer: {uidModelcar: null, cpuModelcar: 1000m, memoryModelcar: 1Gi}}").mutate(pod_of_uri("oci://i"));
  BOOST_TEST(w.at("spec.containers[0].securityContext") == "");
  BOOST_TEST(w.at("spec.containers[1].securityContext") == "");
  BOOST_TEST(w.at("spec.containers[1].resources.limits") == yaml("{cpu: '1', memory: 1Gi}"));
}

BOOST_AUTO_TEST_CASE(the_transformer_container_sees_the_image_too) {
  World w;
  w.mutate(
      "{metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 'oci://i'}}, spec: {containers: [{name: "
      "kserve-container}, {name: "
      "transformer-container}]}}");
  BOOST_TEST(w.at("spec.containers[1].env") == yaml("[{name: MODEL_INIT_MODE, value: async}]"));
  BOOST_TEST(w.at("spec.containers[2].name") == "\"modelcar\"");
  BOOST_TEST(w.at("spec.containers[3]") == "");
}

BOOST_AUTO_TEST_CASE(an_image_volume_changes_nothing_else) {
  World w;
  w.mutate(pod_of_uri("oci+native://reg/iris:1"));
  BOOST_TEST(w.at("spec") == yaml("{containers: [{name: kserve-container, resources: {}, volumeMounts: [{name: mnt-models, mountPath: "
                                  "/mnt/models, subPath: models, readOnly: true}]}], "
                                  "volumes: [{name: mnt-models, image: {reference: 'reg/iris:1', pullPolicy: IfNotPresent}}]}"));
}

BOOST_AUTO_TEST_CASE(another_volume_at_the_path_refuses_the_image_volume) {
  World w;
  w.mutate(
      "{metadata: {annotations: {internal.serving.kserve.io/storage-initializer-sourceuri: 'oci+native://i'}}, spec: {containers: [{name: "
      "kserve-container, "
      "volumeMounts: [{name: mine, mountPath: /mnt/models}]}]}}");
  BOOST_TEST(w.error() == "mountPath \"/mnt/models\" already used by volume \"mine\"");
}

BOOST_AUTO_TEST_CASE(fetch_is_a_modelcar_with_a_warning) {
  World w;
  w.mutate(pod_of_uri("oci+fetch://i"));
  BOOST_TEST(w.at("spec.containers[1].name") == "\"modelcar\"");
  BOOST_TEST(w.reported(Code::OciFetchIsModelcar));
}

BOOST_AUTO_TEST_CASE(a_disabled_mode_downloads_plain_oci_uris) {
  World w;
  w.config("{storageInitializer: {enableModelcar: false}}").mutate(pod_of_uri("oci://i"));
  BOOST_TEST(w.at("spec.initContainers[0].args[0]") == "\"oci://i\"");
  BOOST_TEST(!w.reported(Code::OciModelNotInjected));
}

BOOST_AUTO_TEST_CASE(a_disabled_mode_gives_an_explicit_one_no_model_at_all) {
  World w;
  w.config("{storageInitializer: {enableModelcar: false}}").mutate(pod_of_uri("oci+native://i"));
  BOOST_TEST(w.at("spec") == yaml("{containers: [{name: kserve-container, resources: {}}]}"));
  BOOST_TEST(w.reported(Code::OciModelNotInjected));
}

BOOST_AUTO_TEST_CASE(an_unknown_configured_mode_refuses_every_pod) {
  World w;
  w.config("{storageInitializer: {ociModelMode: sidecar}}").mutate(pod(""));
  BOOST_TEST(w.error() == R"(invalid "storageInitializer".ociModelMode "sidecar": must be one of "modelcar", "native", "fetch")");
}

BOOST_AUTO_TEST_CASE(releases_without_oci_modes_do_not_decode_them) {
  for (const auto* settings : {"ociModelMode: sidecar", "ociModelMode: 1", "enableOciModelSupport: maybe"}) {
    World old("v0.19.0");
    old.config(cat("{storageInitializer: {", settings, "}}")).mutate(pod(""));
    BOOST_TEST(old.error() == "");
  }
}

static std::string link_command(std::string_view release, std::string_view path) {
  World w(release);
  w.inject_uris(cat("storageUris: [{uri: 'oci://i', mountPath: \"", path, "\"}]\nspec: {containers: [{name: kserve-container}]}"));
  return std::string(w.text_at("spec.containers[1].args[2]"));
}

BOOST_AUTO_TEST_CASE(other_paths_need_their_directory_made) {
  BOOST_TEST(link_command("v0.20.0", "/mnt/base/model") ==
             "mkdir -p /mnt/base && ln -sf /proc/$$$$/root/models /mnt/base/model && sleep infinity");
}

BOOST_AUTO_TEST_CASE(unusual_paths_are_quoted_for_the_shell) {
  BOOST_TEST(link_command("v0.20.0", "/m a/it's") == "mkdir -p '/m a' && ln -sf /proc/$$$$/root/models '/m a/it'\\''s' && sleep infinity");
  BOOST_TEST(link_command("v0.19.0", "/m a/x") == "mkdir -p /m a && ln -sf /proc/$$$$/root/models /m a/x && sleep infinity");
}

BOOST_AUTO_TEST_SUITE_END()
