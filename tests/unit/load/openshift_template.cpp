#include "load/openshift_template.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "load/reader.h"

using namespace isvcc;

namespace {

// The objects of a template as JSON, one a line, or what was reported.
std::string processed(std::string_view yaml, const TemplateValues& values = {}, uint64_t left = 1000) {
  Arena arena;
  Diagnostics diags;
  Scratch scratch{arena, diags};
  const View root = parse_yaml(yaml, arena);
  BOOST_REQUIRE(is_openshift_template(root));
  const auto objects = processed_template(root, values, left, Limits(), scratch);
  std::string out;
  if (objects)
    for (const Node* object : *objects) out += brief(object, 10000) + "\n";
  for (const Diagnostic& d : diags.all()) out += cat(info(d.code).id, ' ', d.message, '\n');
  return out;
}

const std::string kHead = "apiVersion: template.openshift.io/v1\nkind: Template\nparameters: [{name: A, value: x}, {name: NUM, value: '3'}]\nobjects:\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(openshift_template)

BOOST_AUTO_TEST_CASE(references_are_replaced_in_values_and_keys) { BOOST_TEST(processed(kHead + "- {k: 'a-${A}-${A}', '${A}': [1, '${A}']}\n") == "{\"k\":\"a-x-x\",\"x\":[1,\"x\"]}\n"); }

BOOST_AUTO_TEST_CASE(double_braces_give_any_value) {
  BOOST_TEST(processed(kHead + "- {num: '${{NUM}}', s: '${NUM}', t: '${{A}}', part: 'a${{NUM}}'}\n") == "{\"num\":3,\"s\":\"3\",\"t\":\"x\",\"part\":\"a${{NUM}}\"}\n");
}

BOOST_AUTO_TEST_CASE(unknown_references_stay) { BOOST_TEST(processed(kHead + "- {k: '${B} $A ${} ${A'}\n") == "{\"k\":\"${B} $A ${} ${A\"}\n"); }

BOOST_AUTO_TEST_CASE(values_are_not_read_again) { BOOST_TEST(processed(kHead + "- {k: '${A}'}\n", {{"A", "${NUM}"}}) == "{\"k\":\"${NUM}\"}\n"); }

BOOST_AUTO_TEST_CASE(a_namespace_stays_only_as_a_parameter) {
  BOOST_TEST(processed(kHead + "- {metadata: {name: a, namespace: b}}\n- {metadata: {name: a, namespace: '${A}'}}\n") ==
             "{\"metadata\":{\"name\":\"a\"}}\n{\"metadata\":{\"name\":\"a\",\"namespace\":\"x\"}}\n");
}

BOOST_AUTO_TEST_CASE(required_and_random_parameters_need_a_value) {
  const std::string yaml = "apiVersion: v1\nkind: Template\nparameters: [{name: A, required: true}, {name: B, generate: expression, from: '[a-z]{8}'}]\nobjects: [{k: '${A}${B}'}]\n";
  BOOST_TEST(processed(yaml) == "E0125 parameter 'A' is required and has no value\nE0125 parameter 'B' is random in a cluster and has no value here\n");
  BOOST_TEST(processed(yaml, {{"A", "1"}, {"B", "2"}}) == "{\"k\":\"12\"}\n");
}

BOOST_AUTO_TEST_CASE(values_cannot_fill_the_memory) {
  std::string list = kHead + "- [";
  for (int i = 0; i < 100; ++i) list += "'${A}', ";
  BOOST_TEST(contains(processed(list + "0]\n", {{"A", std::string(50, 'a')}}), "E0110"));
}

BOOST_AUTO_TEST_CASE(a_file_of_values_has_lines_with_names) {
  TemplateValues values;
  std::string error;
  BOOST_TEST(read_template_values("# comment\n\nA=b=c \r\nB=\n", values, error));
  BOOST_TEST(values["A"] == "b=c ");
  BOOST_TEST(values.count("B") == 1u);
  BOOST_TEST(!read_template_values("A=1\nB C=2\n", values, error));
  BOOST_TEST(error == "line 2 is not NAME=VALUE");
}

BOOST_AUTO_TEST_SUITE_END()
