// What the native functions answer to each kind of argument, in a Jsonnet machine of this process: natives_test.cpp has the way through a worker.
extern "C" {
#include <libjsonnet.h>
}

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "emit/yaml_writer.h"
#include "load/jsonnet/natives.h"
#include "load/jsonnet/overlay.h"
#include "load/jsonnet/regex.h"
#include "load/reader.h"

using namespace isvcc;
using namespace isvcc::jsonnet;

namespace {

void print(std::string& out, View value) { write_yaml(out, value, YamlStyle::Tanka); }

// The value in one line of JSON, or the error.
std::string answer(const std::string& expression, YamlPrinter print_yaml = print) {
  JsonnetVm* vm = jsonnet_make();
  std::string out;
  {
    const Natives natives(vm, print_yaml);
    int failed = 0;
    char* text = jsonnet_evaluate_snippet(vm, "a", cat("local n(name) = std.native('", kNativePrefix, "' + name); std.manifestJsonEx(", expression, ", '')").c_str(), &failed);
    Arena arena;
    Diagnostics diags;
    Scratch scratch{arena, diags};
    if (failed) out = std::string(split(text, '\n')[0]);
    else out = replace_all(std::string(View(read_json(text, 0, Limits(), scratch).at(0)).text()), "\n", "");
    jsonnet_realloc(vm, text, 0);
  }
  jsonnet_destroy(vm);
  return out;
}

std::string replaced(const std::string& pattern, const std::string& text, const std::string& replacement) {
  std::string error;
  const std::string out = regex_replaced(pattern, text, replacement, error);
  return error.empty() ? out : cat("error: ", error);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(native_functions)

BOOST_AUTO_TEST_CASE(values_of_every_kind_come_back) {
  BOOST_TEST(answer("n('parseJson')('{\"a\": [1, -2, 1.5, true, null, \"x\", 18446744073709551615]}')") ==
             R"({"a": [1,-2,1.5,true,null,"x",18446744073709551616]})");
  BOOST_TEST(answer("n('parseYaml')('a: 1\\n---\\nb: [x]\\n')") == R"([{"a": 1},{"b": ["x"]}])");
  BOOST_TEST(answer("n('parseYaml')('')") == "[]");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_none_of_its_language_is_an_error) {
  BOOST_TEST(contains(answer("n('parseJson')('{')"), "RUNTIME ERROR: parseJson: "));
  BOOST_TEST(contains(answer("n('parseJson')('')"), "parseJson: expected one JSON value"));
  BOOST_TEST(contains(answer("n('parseYaml')('a: [')"), "parseYaml: "));
  BOOST_TEST(contains(answer("n('manifestJsonFromJson')('[', 1)"), "manifestJsonFromJson: "));
  BOOST_TEST(contains(answer("n('manifestYamlFromJson')('[')"), "manifestYamlFromJson: "));
}

BOOST_AUTO_TEST_CASE(other_arguments_than_texts_are_an_error) {
  BOOST_TEST(contains(answer("n('parseYaml')(1)"), "parseYaml: expected a string for yaml"));
  BOOST_TEST(contains(answer("n('regexMatch')('a', 1)"), "regexMatch: expected a string for string"));
  BOOST_TEST(contains(answer("n('regexSubst')('a', 'a', null)"), "regexSubst: expected a string for repl"));
}

BOOST_AUTO_TEST_CASE(values_are_printed_where_there_is_a_printer) {
  BOOST_TEST(answer("n('manifestJsonFromJson')('[1]', 1000)") == R"("[\n                1\n]\n")");
  BOOST_TEST(answer("n('manifestYamlFromJson')('{\"a\": 1}')") == R"("a: 1\n")");
  BOOST_TEST(contains(answer("n('manifestYamlFromJson')('[1]')", nullptr), "manifestYamlFromJson: not available here"));
}

BOOST_AUTO_TEST_CASE(patterns_that_are_none_are_an_error) {
  BOOST_TEST(contains(answer("n('regexMatch')('a(', 'a')"), "regexMatch: missing )"));
  BOOST_TEST(contains(answer("n('regexSubst')('[', 'a', 'b')"), "regexSubst: missing ]"));
  BOOST_TEST(contains(answer("n('regexMatch')('(((a{1000}){1000}){1000})', 'a')"), "regexMatch: "));
  BOOST_TEST(answer("n('regexMatch')('^a+$', 'aaa')") == "true");
}

BOOST_AUTO_TEST_CASE(what_needs_another_program_is_refused) {
  for (const char* call : {"n('helmTemplate')('a', 'b', 'c')", "n('kustomizeBuild')('a', null)", "n('resolveImage')('a')"}) BOOST_TEST(contains(answer(call), "isvcc does neither"), call);
}

BOOST_AUTO_TEST_CASE(hashes_and_quotes) {
  BOOST_TEST(answer("n('sha256')('abc')") == R"("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")");
  BOOST_TEST(regex_quoted("a.b*[c]^$\\|(){}+?") == "a\\.b\\*\\[c\\]\\^\\$\\\\\\|\\(\\)\\{\\}\\+\\?");
}

BOOST_AUTO_TEST_CASE(references_to_groups_are_those_of_go) {
  BOOST_TEST(replaced("(a)(b)?", "ab a", "<$1$2>") == "<ab> <a>");
  BOOST_TEST(replaced("(?P<first>.)(.)", "xy", "${2}${first}$first") == "yxx");
  BOOST_TEST(replaced("a", "a", "$$1 $ ${ ${1 $9 ${none} $none. $1x") == "$1 $ ${ ${1   . ");
  BOOST_TEST(replaced("a", "a", "$99999") == "");
  BOOST_TEST(replaced("", "äb", "-") == "-ä-b-");
  BOOST_TEST(replaced("b*", "abba", "-") == "-a-a-");
  BOOST_TEST(replaced("x", "abc", "-") == "abc");
  BOOST_TEST(replaced("^a", "aa", "-") == "-a");
}

BOOST_AUTO_TEST_SUITE_END()
