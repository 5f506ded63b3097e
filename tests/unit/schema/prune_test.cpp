// What the API server removes while it decodes an object.
#include <boost/test/unit_test.hpp>

#include "checked.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

struct Pruned {
  std::string spec, unknown;
};

Pruned pruned(const std::string& object) {
  Checked checked;
  const View root = checked.yaml(object);
  const Node* result = prune(root, checked.schema_of(root), UnknownFields::Report, checked.scratch());
  return {json(View(result)["spec"]), checked.upstream()};
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_unknown_field_goes_and_is_reported_with_the_nearest_name) {
  Checked checked;
  const View root = checked.yaml(runtime("{containers: [{name: x, imagee: y}]}"));
  const Node* result = prune(root, checked.schema_of(root), UnknownFields::Report, checked.scratch());
  BOOST_TEST(json(View(result)["spec"]) == R"({"containers":[{"name":"x"}]})");
  const Diagnostic& found = checked.findings().front();
  BOOST_TEST(found.upstream == R"(unknown field "spec.containers[0].imagee")");
  BOOST_TEST(found.hint == "did you mean 'image'?");
  BOOST_TEST((found.stage == Stage::Strict));
}

BOOST_AUTO_TEST_CASE(silent_pruning_reports_nothing) {
  Checked checked;
  const View root = checked.yaml(runtime("{containers: [], x: 1}"));
  prune(root, checked.schema_of(root), UnknownFields::Silent, checked.scratch());
  BOOST_TEST(checked.findings().empty());
}

BOOST_AUTO_TEST_CASE(a_null_goes_unless_its_field_has_a_default) {
  BOOST_TEST(pruned(runtime("{containers: [{name: x, image: null, ports: [{containerPort: 1, protocol: null}]}]}")).spec ==
             R"({"containers":[{"name":"x","ports":[{"containerPort":1,"protocol":null}]}]})");
}

BOOST_AUTO_TEST_CASE(a_null_in_a_list_stays) { BOOST_TEST(pruned(runtime("{containers: [{name: x, args: [null]}]}")).spec == R"({"containers":[{"name":"x","args":[null]}]})"); }

BOOST_AUTO_TEST_CASE(labels_of_a_claim_template_are_lost_in_kserve_objects) {
  BOOST_TEST(pruned(runtime("{containers: [], volumes: [{name: v, ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {}}}}]}")).spec ==
             R"({"containers":[],"volumes":[{"name":"v","ephemeral":{"volumeClaimTemplate":{"metadata":{},"spec":{}}}}]})");
}

BOOST_AUTO_TEST_CASE(ephemeral_containers_of_the_predictor_go_and_those_of_its_workers_stay) {
  const Pruned result = pruned(service("{predictor: {ephemeralContainers: [{name: e}], workerSpec: {ephemeralContainers: [{name: e}]}}}"));
  BOOST_TEST(result.spec == R"({"predictor":{"workerSpec":{"ephemeralContainers":[{"name":"e"}]}}})");
  BOOST_TEST(result.unknown == R"(unknown field "spec.predictor.ephemeralContainers")");
}

BOOST_AUTO_TEST_CASE(a_map_where_a_text_belongs_loses_all_its_keys) {
  BOOST_TEST(pruned(runtime("{containers: [{name: x, image: {a: 1}}]}")).spec == R"({"containers":[{"name":"x","image":{}}]})");
}

BOOST_AUTO_TEST_CASE(an_object_without_anything_to_prune_is_the_same_node) {
  Checked checked;
  const View root = checked.yaml(runtime("{containers: [{name: x, image: y}]}"));
  BOOST_TEST(prune(root, checked.schema_of(root), UnknownFields::Report, checked.scratch()) == root.node());
}
