// KServe's ReplacePlaceholders as recorded (fixtures/placeholders/cases.json).
#include "base/text.h"
#include "emit/yaml_writer.h"
#include "ops/placeholders.h"
#include "unit/ops/recordings.h"

using namespace isvcc;
using boost::unit_test::data::xrange;

static const test::Recording& recording() {
  static const test::Recording recorded("placeholders/cases.json");
  return recorded;
}

static std::string json(View value) {
  std::string out;
  if (value) write_json(out, value.node(), 0);
  return out;
}

static const Schema& container_schema() { return *builtin_schemas("v0.20.0").type("Container"); }

BOOST_AUTO_TEST_SUITE(placeholders)

BOOST_DATA_TEST_CASE(a_container_becomes_what_kserve_makes_of_it, xrange(recording().root().size()), i) {
  const View recorded = recording().root().item(i);
  Arena arena;
  const MergeResult result = replace_placeholders(recorded["container"], recorded["meta"], container_schema(), arena);
  BOOST_TEST_CONTEXT(recorded["name"].text()) {
    BOOST_TEST(result.error == recorded["error"].text());
    BOOST_TEST(json(result.value) == json(recorded["result"]));
  }
}

BOOST_AUTO_TEST_CASE(a_container_without_braces_is_not_touched) {
  Arena arena;
  const Node* container = test::read_json(R"({"name":"c","args":["{a}","x}}"],"unknown":1})", arena);
  BOOST_TEST(replace_placeholders(container, {}, container_schema(), arena).value == container);
}

BOOST_AUTO_TEST_CASE(error_columns_count_the_keys_in_gos_order) {
  Arena arena;
  const Node* container = test::read_json(R"({"args":["{{.Nope}}"],"resources":{},"name":"c"})", arena);
  BOOST_TEST(contains(replace_placeholders(container, {}, container_schema(), arena).error, "container-tmpl:1:23:"));
}

BOOST_AUTO_TEST_CASE(an_item_that_loses_a_field_keeps_the_old_one) {
  Arena arena;
  const Node* container = test::read_json(
      R"({"name":"c","resources":{},"env":[{"name":"A{{if .Labels.nope}}","value":"1{{end}}"}]})", arena);
  const MergeResult result = replace_placeholders(container, {}, container_schema(), arena);
  BOOST_TEST(json(View(result.value)["env"]) == R"([{"name":"A","value":"1{{end}}"}])");
}

BOOST_AUTO_TEST_CASE(changed_texts_point_to_where_the_placeholder_was_written) {
  Arena arena;
  const Make make(arena, Origin{7, 42});
  const Node* container = make.map({{"name", make.text("c")}, {"image", make.text("x:{{.Name}}")}, {"resources", make.map({})}});
  const MergeResult result = replace_placeholders(container, make.map({{"name", make.text("m")}}), container_schema(), arena);
  BOOST_TEST(View(result.value)["image"].text() == "x:m");
  BOOST_TEST(View(result.value)["image"].node()->origin.offset == 42u);
}

BOOST_AUTO_TEST_CASE(endless_recursion_is_a_limit_not_a_crash) {
  Arena arena;
  const Node* container = test::read_json(R"({"name":"c","args":["{{define `a`}}{{template `a`}}{{end}}{{template `a`}}"]})", arena);
  BOOST_TEST(replace_placeholders(container, {}, container_schema(), arena).limit);
}

BOOST_AUTO_TEST_SUITE_END()
