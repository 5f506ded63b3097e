// templates/lib/kserve.libsonnet, through real workers.
#include <boost/test/unit_test.hpp>

#include "unit/jsonnet/run.h"

using namespace isvcc;
using isvcc::test::Files;
using isvcc::test::Run;

// The spec of the object that an expression over `ks` makes, or the findings.
static std::string made(const std::string& expression, std::string_view part = "spec") {
  Run run(Files{{"a.jsonnet", "local ks = import 'isvcc/kserve.libsonnet';\nlocal shipped = (import 'isvcc/runtimes.libsonnet').release('v0.20.0');\n" + expression}});
  run.go();
  return run.loaded.documents[0].empty() ? run.all_findings() : brief(View(run.loaded.documents[0][0].root).at(part), 100000);
}

static const std::string kService = "ks.model('iris', 'sklearn', 's3://m/iris')";
static const std::string kShipped = "ks.from(shipped['kserve-sklearnserver'])";

BOOST_AUTO_TEST_SUITE(library)

BOOST_AUTO_TEST_CASE(a_runtime_is_made_of_layers) {
  BOOST_TEST(made("ks.runtime('r', 'i:1') + ks.format('sklearn', '1', priority=2) + ks.protocols(['v1']) + ks.flags({ port: 8080, dir: '/m' })") ==
             R"({"containers":[{"args":["--dir=/m","--port=8080"],"image":"i:1","name":"kserve-container"}],"protocolVersions":["v1"],)"
             R"("supportedModelFormats":[{"autoSelect":true,"name":"sklearn","priority":2,"version":"1"}]})");
}

BOOST_AUTO_TEST_CASE(a_shipped_runtime_without_layers_is_itself) {
  BOOST_TEST(made("{ apiVersion: 'v1', kind: 'X', spec: [name for name in std.objectFields(shipped) if !ks.same(name, ks.from(shipped[name]), shipped[name])] }") == "[]");
}

BOOST_AUTO_TEST_CASE(a_flag_is_replaced_in_its_place_removed_or_added_at_the_end) {
  BOOST_TEST(made(kShipped + " + ks.flags({ http_port: 9090, model_dir: null, nthread: 2 }) + ks.args(['more'])", "spec.containers") ==
             made("shipped['kserve-sklearnserver'] { spec+: { containers: [super.containers[0] { args: ['--model_name={{.Name}}', '--http_port=9090', '--nthread=2', 'more'] }] } }", "spec.containers"));
}

BOOST_AUTO_TEST_CASE(a_later_layer_wins) {
  BOOST_TEST(made("ks.runtime('r', 'i:1') + ks.flags({ a: 1, b: 2 }) + ks.flags({ a: null, b: 3 })", "spec") == R"({"containers":[{"args":["--b=3"],"image":"i:1","name":"kserve-container"}]})");
}

BOOST_AUTO_TEST_CASE(variables_are_values_or_references) {
  BOOST_TEST(made(kService + " + ks.env({ B: true, A: { secretKeyRef: { name: 's', key: 'k' } } })", "spec.predictor.model.env") ==
             R"([{"name":"A","valueFrom":{"secretKeyRef":{"key":"k","name":"s"}}},{"name":"B","value":"true"}])");
  BOOST_TEST(contains(made(kService + " + ks.env({ RATIO: 0.1 })"), "env.RATIO: write the number as a string"));
}

BOOST_AUTO_TEST_CASE(a_service_scales_and_takes_resources) {
  BOOST_TEST(made(kService + " + ks.scale(1, 3) + ks.resources({ cpu: 2 }) + ks.gpu()") ==
             R"({"predictor":{"maxReplicas":3,"minReplicas":1,"model":{"modelFormat":{"name":"sklearn"},"resources":{"limits":{"cpu":"2","nvidia.com/gpu":"1"},)"
             R"("requests":{"cpu":"2","nvidia.com/gpu":"1"}},"storageUri":"s3://m/iris"}}})");
}

BOOST_AUTO_TEST_CASE(labels_and_annotations_add_up) {
  BOOST_TEST(made(kShipped + " + ks.labels({ a: 1 }) + ks.labels({ b: 'x' }) + ks.annotations({ c: 'y' }) + ks.name('n')", "metadata") ==
             R"({"annotations":{"c":"y","serving.kserve.io/server-type":"sklearnserver"},"labels":{"a":"1","b":"x"},"name":"n"})");
}

BOOST_AUTO_TEST_CASE(volumes_are_mounted_by_name) {
  BOOST_TEST(made("ks.runtime('r', 'i') + ks.mount('c', '/c', { emptyDir: {} }) + ks.mount('d', '/d', { emptyDir: {} }, readOnly=true)") ==
             R"({"containers":[{"image":"i","name":"kserve-container","volumeMounts":[{"mountPath":"/c","name":"c"},{"mountPath":"/d","name":"d","readOnly":true}]}],)"
             R"("volumes":[{"emptyDir":{},"name":"c"},{"emptyDir":{},"name":"d"}]})");
}

BOOST_AUTO_TEST_CASE(sidecars_stand_beside_a_model) {
  BOOST_TEST(made(kService + " + ks.sidecar('p', { image: 'q', env: { A: 1 } })", "spec.predictor.containers") == R"([{"env":[{"name":"A","value":"1"}],"image":"q","name":"p"}])");
}

BOOST_AUTO_TEST_CASE(old_framework_fields_take_layers_too) {
  BOOST_TEST(made("ks.from({ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'x' }, spec: { predictor: { sklearn: { storageUri: 'u' } } } }) + ks.env({ A: 'b' })") ==
             R"({"predictor":{"sklearn":{"env":[{"name":"A","value":"b"}],"storageUri":"u"}}})");
}

BOOST_AUTO_TEST_CASE(a_manifest_in_YAML_takes_layers) {
  BOOST_TEST(made("ks.fromYaml('apiVersion: serving.kserve.io/v1alpha1\\nkind: ServingRuntime\\nmetadata: {name: r}\\nspec: {containers: [{name: kserve-container, image: i}]}\\n') + ks.image('j')") ==
             R"({"containers":[{"image":"j","name":"kserve-container"}]})");
}

BOOST_AUTO_TEST_CASE(every_function_is_described) {
  BOOST_TEST(made("{ apiVersion: 'v1', kind: 'X', spec: [name for name in std.objectFieldsAll(ks) if name[0] != '#' && !std.objectHasAll(ks, '#' + name)] }") == "[]");
}

BOOST_AUTO_TEST_CASE(the_configuration_becomes_a_ConfigMap) {
  BOOST_TEST(contains(made("local c = import 'isvcc/config.libsonnet'; c.configMap(c.release('v0.20.0') + { deploy: { defaultDeploymentMode: 'Standard' } })", "data"), "Standard"));
}

BOOST_AUTO_TEST_SUITE_END()
