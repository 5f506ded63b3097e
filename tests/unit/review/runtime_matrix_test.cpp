#include "review/runtime_matrix.h"

#include <boost/test/unit_test.hpp>

#include "base/html_text.h"
#include "base/text.h"
#include "review/runtime_words.h"
#include "unit/review/world.h"

using namespace isvcc;
using namespace isvcc::test;

static const MatrixRow* row(const RuntimeMatrix& m, std::string_view format, std::string_view protocol, std::string_view namespace_ = "", const std::optional<std::string>& version = {}) {
  for (const MatrixRow& r : m.rows)
    if (r.format == format && r.namespace_ == namespace_ && std::find(r.protocols.begin(), r.protocols.end(), protocol) != r.protocols.end() &&
        std::find(r.versions.begin(), r.versions.end(), version) != r.versions.end())
      return &r;
  return nullptr;
}

static std::string order(const MatrixRow* row) {
  std::string out;
  if (row)
    for (const Runtime* r : row->order) out += cat(out.empty() ? "" : " ", short_name(*r->object));
  return out;
}

static const RuntimeUse& use(const RuntimeMatrix& m, std::string_view name) {
  for (const RuntimeUse& u : m.runtimes)
    if (short_name(*u.runtime->object) == name) return u;
  throw std::out_of_range(std::string(name));
}

static std::string remarks(const RuntimeMatrix& m, std::string_view name) { return join(remarks_of(use(m, name)), "; "); }

static const std::string kTwo = runtime("low", "supportedModelFormats: [{name: x, version: '1', autoSelect: true, priority: 1}], protocolVersions: [v1]") +
                                runtime("high", "supportedModelFormats: [{name: x, autoSelect: true, priority: 2}], protocolVersions: [v1, v2]");

BOOST_AUTO_TEST_CASE(a_row_lists_the_runtimes_in_the_order_of_selection) {
  World world({{"r.yaml", kTwo}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST(order(row(m, "x", "v1")) == "high low");
  BOOST_TEST(order(row(m, "x", "v2")) == "high");
  BOOST_TEST(order(row(m, "x", "v1", "", "1")) == "low");
  BOOST_TEST(!row(m, "x", "v2", "", "1"));
}

BOOST_AUTO_TEST_CASE(a_namespace_with_candidates_of_its_own_has_rows_of_its_own) {
  World world({{"r.yaml", kTwo + runtime("own", "supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v2]", "ns")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST(order(row(m, "x", "v2", "ns")) == "ns/own high");
  BOOST_TEST(!row(m, "x", "v1", "ns"));
}

BOOST_AUTO_TEST_CASE(a_runtime_without_protocols_answers_all_of_them) {
  World world({{"r.yaml", runtime("any", "supportedModelFormats: [{name: x, autoSelect: true}]")}, {"s.yaml", service("ns", "s", "modelFormat: {name: x}, protocolVersion: v2")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST_REQUIRE(m.rows.size() == 1u);
  BOOST_TEST(protocols_words(m.rows[0]) == "all");
  BOOST_TEST(m.rows[0].services == 1u);
}

BOOST_AUTO_TEST_CASE(a_runtime_that_wins_no_question_never_wins) {
  World world({{"r.yaml", runtime("low", "supportedModelFormats: [{name: x, autoSelect: true, priority: 1}], protocolVersions: [v1]") +
                              runtime("high", "supportedModelFormats: [{name: x, autoSelect: true, priority: 2}], protocolVersions: [v1, v2]")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST(remarks(m, "low") == "never wins: high goes first");
  BOOST_TEST(remarks(m, "high") == "");
}

BOOST_AUTO_TEST_CASE(users_are_counted_by_how_they_came) {
  World world({{"r.yaml", kTwo}, {"s.yaml", service("ns", "a", "modelFormat: {name: x}") + service("ns", "b", "modelFormat: {name: x}, runtime: low") + service("m", "c", "modelFormat: {name: x}")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST(use(m, "high").users.size() == 2u);
  BOOST_TEST(use(m, "high").automatic_users == 2u);
  BOOST_TEST(use(m, "low").users.size() == 1u);
  BOOST_TEST(use(m, "low").automatic_users == 0u);
  BOOST_TEST(row(m, "x", "v1")->services == 2u);
}

BOOST_AUTO_TEST_CASE(equal_priority_and_class_is_a_clash) {
  World world({{"r.yaml", runtime("a", "supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v1]") +
                              runtime("b", "supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v1]") +
                              runtime("c", "supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v2]")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST_REQUIRE(m.clashes.size() == 1u);
  BOOST_TEST(clash_words(m.clashes[0]) == "a and b serve x with the same priority and protocol: only creation time and name decide who wins, here a");
}

BOOST_AUTO_TEST_CASE(disabled_runtimes_answer_nothing_but_hide_their_namesake) {
  World world({{"r.yaml", kTwo + runtime("high", "disabled: true, supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v1]", "ns")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST(!row(m, "x", "v1", "ns"));
  BOOST_TEST(remarks(m, "ns/high") == "disabled; hides the ClusterServingRuntime of the same name although it is disabled");
}

BOOST_AUTO_TEST_CASE(multi_node_questions_have_rows_of_their_own) {
  World world({{"r.yaml", kTwo + runtime("big", "workerSpec: {containers: [{name: worker-container, image: i}]}, supportedModelFormats: [{name: x, autoSelect: true, priority: 9}], protocolVersions: [v1]")}});
  const RuntimeMatrix m = runtime_matrix(world.facts());
  BOOST_TEST(order(row(m, "x", "v1")) == "high low");
  const auto big = std::find_if(m.rows.begin(), m.rows.end(), [](const MatrixRow& r) { return r.multi_node; });
  BOOST_TEST_REQUIRE((big != m.rows.end()));
  BOOST_TEST(order(&*big) == "big");
}

BOOST_AUTO_TEST_CASE(a_name_cannot_become_markup) {
  World world({{"r.yaml", runtime("r", "supportedModelFormats: [{name: '</td><script>alert(1)</script>', autoSelect: true}]")}});
  const std::string page = matrix_html(runtime_matrix(world.facts()), world.facts());
  BOOST_TEST(!contains(page, "<script>alert"));
  BOOST_TEST(contains(page, "&lt;/td&gt;&lt;script&gt;alert(1)"));
}

BOOST_AUTO_TEST_CASE(escaped_text_has_no_character_of_html) {
  BOOST_TEST(html_text("a<b>&\"'`\x1b") == "a&lt;b&gt;&amp;&quot;&#39;&#96;\\x1b");
}
