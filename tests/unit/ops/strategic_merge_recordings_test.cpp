// Strategic merges as recorded from apimachinery and KServe (fixtures/strategicmerge).
#include "base/text.h"
#include "emit/yaml_writer.h"
#include "ops/schema_ops.h"
#include "ops/strategic_merge.h"
#include "unit/ops/recordings.h"

using namespace isvcc;
using boost::unit_test::data::xrange;

static const test::Recording& cases() {
  static const test::Recording recorded("strategicmerge/cases.json");
  return recorded;
}
static const test::Recording& kserve() {
  static const test::Recording recorded("strategicmerge/kserve.json");
  return recorded;
}
static const test::Recording& merge_keys() {
  static const test::Recording recorded("strategicmerge/mergekeys.json");
  return recorded;
}

static std::string json(View value) {
  std::string out;
  if (value) write_json(out, value.node(), 0);
  return out;
}

static const SchemaSet& schemas() { return builtin_schemas("v0.20.0"); }

// Whole objects by their kind; everything else is a type.
static const Schema* schema_named(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> kKinds[] = {{"Deployment", "apps/v1"},
                                                                             {"Service", "v1"},
                                                                             {"ConfigMap", "v1"},
                                                                             {"Node", "v1"},
                                                                             {"Job", "batch/v1"},
                                                                             {"StatefulSet", "apps/v1"},
                                                                             {"ServiceAccount", "v1"},
                                                                             {"HorizontalPodAutoscaler", "autoscaling/v2"}};
  for (const auto& [kind, api_version] : kKinds)
    if (kind == name) return schemas().kind(api_version, kind);
  return schemas().type(name);
}

// The encoding of an object is only asked for where it has metadata.
static std::string without_empty_metadata(const Node* object, Arena& arena) {
  const View view(object);
  return json(view["metadata"] && view["metadata"].size() == 0 ? Make(arena).without(view, "metadata") : object);
}

BOOST_AUTO_TEST_SUITE(strategic_merge_recordings)

BOOST_DATA_TEST_CASE(a_patch_gives_what_apimachinery_gives, xrange(cases().root().size()), i) {
  const View recorded = cases().root().item(i);
  const Schema* schema = schema_named(recorded["type"].text());
  BOOST_TEST_CONTEXT(recorded["group"].text() << ": " << recorded["name"].text()) {
    BOOST_REQUIRE(schema);
    Arena arena;
    const MergeResult merged = strategic_merge(recorded["original"], recorded["patch"], *schema, arena);
    BOOST_TEST(merged.error == recorded["error"].text());
    BOOST_TEST(json(merged.value) == json(recorded["merged"]));
    if (!merged.value) return;
    Diagnostics diags;
    Scratch scratch{arena, diags};
    const Node* as_struct = reencode(merged.value, *schema, ZeroValues::Drop, scratch);
    BOOST_TEST((as_struct == nullptr) == bool(recorded["structError"]));
    if (as_struct && recorded["mergedAsStruct"]) BOOST_TEST(without_empty_metadata(as_struct, arena) == without_empty_metadata(recorded["mergedAsStruct"].node(), arena));
  }
}

BOOST_DATA_TEST_CASE(containers_merge_as_kserve_merges_them, xrange(kserve()["containers"].size()), i) {
  const View recorded = kserve()["containers"].item(i);
  Arena arena;
  const MergeResult merged = merge_containers(recorded["runtime"], recorded["isvc"], *schemas().type("Container"), arena);
  BOOST_TEST_CONTEXT(recorded["name"].text()) {
    BOOST_TEST(merged.error == recorded["error"].text());
    BOOST_TEST(json(merged.value) == json(recorded["merged"]));
  }
}

BOOST_DATA_TEST_CASE(pods_merge_as_kserve_merges_them, xrange(kserve()["podSpecs"].size()), i) {
  const View recorded = kserve()["podSpecs"].item(i);
  Arena arena;
  const MergeResult merged = merge_pod_specs(recorded["runtime"], recorded["isvc"], *schemas().type("PodSpec"), arena);
  BOOST_TEST_CONTEXT(recorded["name"].text()) {
    BOOST_TEST(merged.error == recorded["error"].text());
    BOOST_TEST(json(merged.value) == json(recorded["merged"]));
  }
}

BOOST_DATA_TEST_CASE(the_schemas_know_every_merge_key_of_the_go_types, xrange(merge_keys().root().size()), i) {
  const View recorded = merge_keys().root().item(i);
  const std::string_view type = recorded["type"].text(), strategy = recorded["strategy"].text();
  std::string_view name = type.substr(type.rfind('.') + 1);
  if (name == "EphemeralContainerCommon") name = "EphemeralContainer";
  const Schema* schema = schema_named(name);
  BOOST_REQUIRE_MESSAGE(schema, type);
  const Property* property = schema->property(recorded["field"].text());
  BOOST_TEST_CONTEXT(type << "." << recorded["field"].text()) {
    BOOST_REQUIRE(property);
    BOOST_TEST(property->merge_key == recorded["key"].text());
    const bool merges = contains(strategy, "merge"), retains = contains(strategy, "retainKeys");
    BOOST_TEST((property->merge != MergeStrategy::None) == merges);
    if (merges) BOOST_TEST((property->merge == MergeStrategy::MergeRetainKeys) == retains);
  }
}

BOOST_AUTO_TEST_SUITE_END()
