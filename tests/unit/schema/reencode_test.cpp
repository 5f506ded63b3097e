// What Go's decoding and encoding makes of an object.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "checked.h"
#include "support/files.h"
#include "support/json_text.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

std::string encoded(std::string_view type, const std::string& yaml, ZeroValues zeros = ZeroValues::Drop) {
  Checked checked;
  const Node* result = reencode(checked.yaml(yaml), checked.type(type), zeros, checked.scratch());
  return result ? json(result) : checked.upstream();
}

const Schema* recorded_schema(std::string_view type) {
  const SchemaSet& set = builtin_schemas("v0.20.0");
  if (const Schema* known = set.type(type)) return known;
  for (const std::string_view version : {"v1", "apps/v1", "autoscaling/v2", "batch/v1"})
    if (const Schema* kind = set.kind(version, type)) return kind;
  return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_CASE(fields_without_omitempty_appear) {
  BOOST_TEST(encoded("Container", "{image: a}") == R"({"image":"a","name":"","resources":{}})");
  BOOST_TEST(encoded("EnvVarSource", "{resourceFieldRef: {resource: limits.cpu}}") == R"({"resourceFieldRef":{"resource":"limits.cpu","divisor":"0"}})");
  BOOST_TEST(encoded("Probe", "{httpGet: {path: /}}") == R"({"httpGet":{"path":"/","port":0}})");
}

BOOST_AUTO_TEST_CASE(zero_values_go_unless_a_pointer_holds_them) {
  BOOST_TEST(encoded("Container", "{name: a, image: '', tty: false, args: [], env: [], resources: {limits: {}}}") == R"({"name":"a","resources":{}})");
  BOOST_TEST(encoded("SecurityContext", "{privileged: false, runAsUser: 0}") == R"({"privileged":false,"runAsUser":0})");
  BOOST_TEST(encoded("Volume", "{name: v, emptyDir: {}}") == R"({"name":"v","emptyDir":{}})");
}

BOOST_AUTO_TEST_CASE(the_webhook_keeps_zero_values_that_the_author_wrote) {
  BOOST_TEST(encoded("Container", "{name: a, image: '', args: [], resources: {limits: {}}}", ZeroValues::KeepReceived) ==
             R"({"name":"a","image":"","args":[],"resources":{"limits":{}}})");
}

BOOST_AUTO_TEST_CASE(nulls_and_unknown_fields_go) { BOOST_TEST(encoded("Container", "{name: null, image: null, x: 1}") == R"({"name":"","resources":{}})"); }

BOOST_AUTO_TEST_CASE(a_null_item_is_the_zero_value_of_its_type) { BOOST_TEST(encoded("Container", "{name: a, args: [null], resources: {}}") == R"({"name":"a","args":[""],"resources":{}})"); }

BOOST_AUTO_TEST_CASE(quantities_become_canonical) {
  BOOST_TEST(encoded("ResourceRequirements", "{limits: {cpu: 1000m, memory: 1024Mi, a: 1, b: 0.5}}") == R"({"limits":{"cpu":"1","memory":"1Gi","a":"1","b":"500m"}})");
}

BOOST_AUTO_TEST_CASE(metric_quantities_keep_their_text) {
  BOOST_TEST(encoded("MetricTarget", "{type: Value, value: 1000m, averageValue: 5}") == R"({"type":"Value","value":"1000m","averageValue":"5"})");
  BOOST_TEST(encoded("MetricTarget", "{type: Value, value: true}") == "value must be string or integer: true");
}

BOOST_AUTO_TEST_CASE(times_become_whole_seconds_in_utc) {
  BOOST_TEST(encoded("ObjectMeta", "{creationTimestamp: '2024-01-01T00:30:05.5+01:00'}") == R"({"creationTimestamp":"2023-12-31T23:30:05Z"})");
  BOOST_TEST(encoded("ObjectMeta", "{creationTimestamp: yesterday}") ==
             R"(parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006")");
}

BOOST_AUTO_TEST_CASE(a_wrong_type_is_refused_and_every_one_is_told) {
  Checked checked;
  const View object = checked.yaml("{name: 1, tty: x, args: 5, resources: {limits: {cpu: abc}}}");
  BOOST_TEST(!reencode(object, checked.type("Container"), ZeroValues::Drop, checked.scratch()));
  BOOST_TEST(checked.findings().size() == 4u);
  for (const Diagnostic& finding : checked.findings()) BOOST_TEST((finding.stage == Stage::Defaulting));
  BOOST_TEST(checked.upstream_texts().back() == "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
}

BOOST_AUTO_TEST_CASE(an_int32_must_fit) {
  BOOST_TEST(encoded("ContainerPort", "{containerPort: 3000000000}").starts_with("json: cannot unmarshal number"));
  BOOST_TEST(encoded("ContainerPort", "{containerPort: 2.5}").starts_with("json: cannot unmarshal number 2.5"));
  BOOST_TEST(encoded("ContainerPort", "{containerPort: 80.0}") == R"({"containerPort":80})");
}

BOOST_AUTO_TEST_CASE(encoding_again_changes_nothing_and_shares_everything) {
  Checked checked;
  const Schema& schema = checked.type("PodSpec");
  const Node* once = reencode(checked.yaml("{containers: [{image: a, resources: {limits: {cpu: 1}}}], volumes: [{name: v, emptyDir: {}}]}"), schema, ZeroValues::Drop, checked.scratch());
  BOOST_TEST(reencode(once, schema, ZeroValues::Drop, checked.scratch()) == once);
}

// `mergedAsStruct` of the recordings is `merged` read into the Go type and written back.
BOOST_AUTO_TEST_CASE(every_recorded_struct_is_what_go_writes) {
  Arena arena;
  const std::string text = fixture("strategicmerge/cases.json");
  size_t compared = 0;
  for (const Node* row : View(test::read_json(text, arena)).items()) {
    const View recorded = View(row)["mergedAsStruct"];
    const Schema* schema = recorded_schema(View(row)["type"].text());
    if (!recorded || !schema) continue;
    Checked checked;
    const Node* result = reencode(View(row)["merged"], *schema, ZeroValues::Drop, checked.scratch());
    BOOST_TEST(equal(result, recorded), View(row)["name"].text() << ": " << (result ? json(result) : checked.upstream()) << "\nrecorded: " << json(recorded));
    ++compared;
  }
  BOOST_TEST(compared > 100u);
}
