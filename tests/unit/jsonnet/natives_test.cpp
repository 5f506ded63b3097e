#include <boost/test/unit_test.hpp>

#include "unit/jsonnet/run.h"

using namespace isvcc;
using isvcc::test::Files;
using isvcc::test::Run;

// The value of an expression, as JSON; or what was found.
static std::string value(const std::string& expression) {
  Run run(Files{{"a.jsonnet", "local n = std.native; {apiVersion: 'v1', kind: 'X', v: " + expression + "}"}});
  run.go();
  return run.loaded.documents[0].empty() ? run.all_findings() : brief(View(run.loaded.documents[0][0].root)["v"], 10000);
}

BOOST_AUTO_TEST_SUITE(natives)

BOOST_AUTO_TEST_CASE(parseYaml_reads_as_Kubernetes_and_answers_a_list) {
  BOOST_TEST(value("n('parseYaml')('a: yes\\nb: 0777\\nc: ~\\n---\\n- &x 1\\n- *x\\n')") == R"([{"a":true,"b":511,"c":null},[1,1]])");
}
BOOST_AUTO_TEST_CASE(parseJson_reads_one_value) {
  BOOST_TEST(value("n('parseJson')('{\"a\": [1, null, \"x\"]}')") == R"({"a":[1,null,"x"]})");
  BOOST_TEST(value("n('parseJson')('null')") == "null");
  BOOST_TEST(contains(value("n('parseJson')('{')"), "E0150 "));
}
BOOST_AUTO_TEST_CASE(values_are_printed) {
  BOOST_TEST(value("n('manifestJsonFromJson')(' {\"b\":1e3,\"a\":[ ],\"c\":[1,{}]}', 2)") == R"("{\n  "b": 1e3,\n  "a": [],\n  "c": [\n    1,\n    {}\n  ]\n}\n")");
  BOOST_TEST(value("n('manifestJsonFromJson')('[1]', 0)") == R"("[\n1\n]\n")");
  BOOST_TEST(value("n('manifestYamlFromJson')('{\"b\":\"yes\",\"a\":[1],\"c\":{\"d\":1000000}}')") == R"("a:\n    - 1\nb: "yes"\nc:\n    d: 1e+06\n")");
}
BOOST_AUTO_TEST_CASE(regular_expressions_are_those_of_Go) {
  BOOST_TEST(value("n('regexMatch')('^a+$', 'aaa')") == "true");
  BOOST_TEST(value("n('regexMatch')('b', 'aaa')") == "false");
  BOOST_TEST(value("n('regexSubst')('p([a-z]+)', 'pea pod', 'b${1}-$1$$')") == R"("bea-ea$ bod-od$")");
  BOOST_TEST(value("n('regexSubst')('(?P<x>[a-z])', 'ab1', '<$x>')") == R"("<a><b>1")");
  BOOST_TEST(value("n('regexSubst')('x*', 'axb', '-')") == R"("-a-b-")");
  BOOST_TEST(value("n('regexSubst')('x*', 'é', '-')") == R"("-é-")");
  BOOST_TEST(value("n('escapeStringRegex')('a.b[1]')") == R"("a\.b\[1\]")");
  BOOST_TEST(contains(value("n('regexMatch')('(', '')"), "regexMatch: missing )"));
}
BOOST_AUTO_TEST_CASE(sha256_is_in_lower_case_hex) {
  BOOST_TEST(value("n('sha256')('')") == R"("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")");
}
BOOST_AUTO_TEST_CASE(functions_that_start_programs_are_refused_in_words) {
  BOOST_TEST(contains(value("n('kustomizeBuild')('a', 'b')"), "isvcc does neither"));
  BOOST_TEST(contains(value("n('helmTemplate')('a', 'b', {})"), "E0150 "));
}
BOOST_AUTO_TEST_CASE(std_native_works_by_any_spelling) {
  BOOST_TEST(value("std['native']('parseYaml')('on')") == "[true]");
}

BOOST_AUTO_TEST_SUITE_END()
