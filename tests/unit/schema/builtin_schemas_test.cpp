// What the built-in schemas know: Go's tags, the CRDs' rules, and what each release lacks.
#include <boost/test/unit_test.hpp>

#include <map>

#include "base/text.h"
#include "checked.h"
#include "support/files.h"
#include "support/json_text.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

const Schema& type(std::string_view name) { return *builtin_schemas("v0.20.0").type(name); }
const Property& field(std::string_view type_name, std::string_view name) { return *type(type_name).property(name); }

// mergekeys.json writes "core/v1.Container"; types of other groups carry a prefix here where names clash.
const Schema* recorded_type(std::string_view recorded) {
  const std::string_view name = recorded.substr(recorded.find('.') + 1);
  return builtin_schemas("v0.20.0").type(name == "EphemeralContainerCommon" ? "EphemeralContainer" : name);
}

// Kinds are objects, not named types.
const Property* recorded_field(View row) {
  if (const Schema* known = recorded_type(row["type"].text())) return known->property(row["field"].text());
  const std::string_view type_name = row["type"].text();
  const Schema* kind = builtin_schemas("v0.20.0").kind("v1", type_name.substr(type_name.find('.') + 1));
  return kind ? kind->property(row["field"].text()) : nullptr;
}

std::string strategy_word(MergeStrategy strategy) {
  const std::map<MergeStrategy, std::string> words = {
      {MergeStrategy::None, ""}, {MergeStrategy::Merge, "merge"}, {MergeStrategy::MergeRetainKeys, "merge,retainKeys"}};
  return words.at(strategy);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_recorded_patch_strategy_and_merge_key_is_known) {
  Arena arena;
  const std::string text = fixture("strategicmerge/mergekeys.json");
  const View rows = test::read_json(text, arena);
  BOOST_TEST(rows.size() == 37u);
  for (const Node* row : rows.items()) {
    const Property* property = recorded_field(row);
    BOOST_TEST_CONTEXT(json(row)) {
      BOOST_REQUIRE(property);
      // retainKeys alone acts only on a directive.
      const std::string_view strategy = View(row)["strategy"].text();
      BOOST_TEST(strategy_word(property->merge) == (strategy == "retainKeys" ? "" : strategy));
      BOOST_TEST(property->merge_key == View(row)["key"].text());
    }
  }
}

BOOST_AUTO_TEST_CASE(fields_without_omitempty_carry_the_zero_value_that_go_writes) {
  BOOST_TEST(json(field("Container", "name").zero) == R"("")");
  BOOST_TEST(json(field("Container", "resources").zero) == "{}");
  BOOST_TEST(json(field("PodSpec", "containers").zero) == "null");
  BOOST_TEST(json(field("GRPCAction", "service").zero) == "null");
  BOOST_TEST(json(field("HTTPGetAction", "port").zero) == "0");
  BOOST_TEST(json(field("ResourceFieldSelector", "divisor").zero) == R"("0")");
  BOOST_TEST(json(field("PersistentVolumeClaimTemplate", "spec").zero) == R"({"resources":{}})");
  BOOST_TEST(!field("Container", "image").always);
}

BOOST_AUTO_TEST_CASE(pointer_fields_can_hold_an_explicit_zero) {
  BOOST_TEST(field("SecurityContext", "privileged").pointer);
  BOOST_TEST(!field("Container", "tty").pointer);
}

BOOST_AUTO_TEST_CASE(direct_children_of_the_stable_predictor_need_less_than_those_of_a_canary) {
  const Schema& spec = *builtin_schemas("v0.20.0").kind("serving.kserve.io/v1beta1", "InferenceService")->property("spec")->schema;
  const Schema& stable = *spec.property("predictor")->schema;
  const Schema& canary = *spec.property("canary")->schema->items->property("predictor")->schema;
  BOOST_TEST(!stable.property("model")->schema->property("modelFormat")->required);
  BOOST_TEST(canary.property("model")->schema->property("modelFormat")->required);
  BOOST_TEST(!stable.property("ephemeralContainers"));
  BOOST_TEST(canary.property("ephemeralContainers"));
}

BOOST_AUTO_TEST_CASE(fields_that_came_with_v0_20_are_unknown_before) {
  for (const std::string_view release : {"v0.18.1", "v0.19.0"}) {
    const SchemaSet& set = builtin_schemas(release);
    const Schema& spec = *set.kind("serving.kserve.io/v1beta1", "InferenceService")->property("spec")->schema;
    BOOST_TEST(!spec.property("canary"));
    BOOST_TEST(!spec.property("predictor")->schema->property("name"));
    BOOST_TEST(!spec.property("predictor")->schema->property("storageContainerName"));
    BOOST_TEST(!spec.property("predictor")->schema->property("model")->schema->property("confidential"));
  }
}

BOOST_AUTO_TEST_CASE(cluster_scoped_kinds_are_known_and_unknown_kinds_count_as_namespaced) {
  const SchemaSet& set = builtin_schemas("v0.20.0");
  BOOST_TEST(!set.namespaced("serving.kserve.io/v1alpha1", "ClusterServingRuntime"));
  BOOST_TEST(set.namespaced("serving.kserve.io/v1alpha1", "ServingRuntime"));
  BOOST_TEST(set.namespaced("example.com/v1", "Whatever"));
  BOOST_TEST(!set.kind("serving.kserve.io/v1alpha1", "InferenceService"));
}

BOOST_AUTO_TEST_CASE(every_kind_isvcc_writes_is_known) {
  const std::vector<std::string> kinds = builtin_schemas("v0.20.0").kinds();
  for (const std::string_view kind :
       {"apps/v1 Deployment", "v1 Service", "autoscaling/v2 HorizontalPodAutoscaler", "networking.k8s.io/v1 Ingress", "v1 ConfigMap", "v1 Secret", "v1 ServiceAccount",
        "serving.knative.dev/v1 Service", "networking.istio.io/v1beta1 VirtualService", "gateway.networking.k8s.io/v1 HTTPRoute", "keda.sh/v1alpha1 ScaledObject",
        "opentelemetry.io/v1beta1 OpenTelemetryCollector", "leaderworkerset.x-k8s.io/v1 LeaderWorkerSet"})
    BOOST_TEST(std::count(kinds.begin(), kinds.end(), kind) == 1, kind);
}
