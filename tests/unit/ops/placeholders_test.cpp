// KServe's ReplacePlaceholders as recorded (fixtures/placeholders/cases.json).
#include <random>

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

BOOST_AUTO_TEST_CASE(the_same_text_gives_each_service_its_own) {
  Arena arena;
  const Node* container = test::read_json(R"({"name":"c","args":["--model={{.Name}}"],"resources":{}})", arena);
  for (const std::string name : {"one", "another", "one"}) {
    const View meta = test::read_json(cat(R"({"name":")", name, R"("})"), arena);
    BOOST_TEST(View(replace_placeholders(container, meta, container_schema(), arena).value)["args"].item(0).text() == cat("--model=", name));
  }
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

// A definition anywhere makes the whole container run as one template; without one, texts run alone.
BOOST_AUTO_TEST_CASE(texts_alone_and_the_whole_give_the_same) {
  static constexpr std::string_view kPieces[] = {"{{.Name}}", "{{.Labels.a}}", "{{- .Name -}}", "{{/* c */}}", "{{if .Labels.zz}}x{{else}}y{{end}}", " a ", "\n", "\"",
                                                 "<b>", "\\", "{{.Annotations.q}}", "{{.Annotations.bs}}", "{{with $x := .Name}}{{$x}}{{end}}", "{{", "{{$v := 1}}", "{{if .Name}}"};
  Arena arena;
  const Make make(arena);
  const Node* meta = test::read_json(R"({"name":"m","labels":{"a":"b"},"annotations":{"q":"<\"+'","bs":"\\n\\q"}})", arena);
  std::mt19937 random(3);
  const auto text = [&] {
    std::string out;
    for (size_t i = random() % 4; i-- > 0;) out += kPieces[random() % std::size(kPieces)];
    return make.text(out);
  };
  const auto replaced = [&](const Node* image, const Node* arg, std::string_view mark) {
    const Node* container = make.map({{"name", make.text("c")}, {"image", image}, {"args", make.list({arg, make.text(mark)})}, {"resources", make.map({})}});
    return replace_placeholders(container, meta, container_schema(), arena);
  };
  for (int i = 0; i < 2000; ++i) {
    const Node* image = text();
    const Node* arg = text();
    const MergeResult alone = replaced(image, arg, "{{/* runs */}}"), whole = replaced(image, arg, "{{define `zz`}}z{{end}}");
    BOOST_TEST_CONTEXT(View(image).text() << " and " << View(arg).text()) {
      BOOST_TEST((alone.value == nullptr) == (whole.value == nullptr));
      if (alone.value && whole.value) BOOST_TEST(json(alone.value) == json(whole.value));
    }
  }
}

BOOST_AUTO_TEST_CASE(endless_recursion_is_a_limit_not_a_crash) {
  Arena arena;
  const Node* container = test::read_json(R"({"name":"c","args":["{{define `a`}}{{template `a`}}{{end}}{{template `a`}}"]})", arena);
  BOOST_TEST(replace_placeholders(container, {}, container_schema(), arena).limit);
}

BOOST_AUTO_TEST_SUITE_END()
