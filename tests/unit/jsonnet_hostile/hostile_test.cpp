// Jsonnet that a pull request could bring along (numbers: the hostile corpus). Each file is refused in bounded time with its own name;
// the file beside it is not affected.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "unit/jsonnet/run.h"

using namespace isvcc;
using isvcc::test::Files;
using isvcc::test::object;
using isvcc::test::Run;

namespace {

std::string repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

struct Case {
  const char* name;
  std::string text;
  std::vector<std::string> codes;  // one of these is what the file is told
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

// What calls without end come to: the time is over, or, with a sanitizer's allocator, the memory before it.
#ifdef __SANITIZE_ADDRESS__
const std::vector<std::string> kSpent = {"E0153", "E0154"};
#else
const std::vector<std::string> kSpent = {"E0153"};
#endif

const std::string kOpen = "{apiVersion:'v1',kind:'X',v:";

std::vector<Case> cases() {
  const std::vector<std::string> failed = {"E0150"}, syntax = {"E0151"}, import = {"E0152"};
  const std::vector<std::string> any = {"E0150", "E0151", "E0153", "E0154"};
  return {
      {"H101_endless_recursion", "local f(x)=1+f(x+1); f(1)", failed},
      {"H101_an_object_that_is_itself", kOpen + "self.v}", failed},
      {"H101_a_file_that_imports_itself", "import 'bad.jsonnet'", failed},
      {"H102_a_loop_of_tail_calls", "local f(x)=f(x+1) tailstrict; f(1)", any},
      {"H102_exponential_calls", "local f(n)=if n<2 then n else f(n-1)+f(n-2); " + kOpen + "f(60)}", kSpent},
      {"H103_a_string_of_a_billion", kOpen + "std.repeat('x', 1e9)}", any},
      {"H103_an_array_of_a_trillion", kOpen + "std.makeArray(1e12, function(i) i)}", any},
      {"H103_a_range_of_a_billion", kOpen + "std.range(1, 1e9)}", any},
      {"H103_doubling", kOpen + "std.foldl(function(a, b) a + a, std.range(1, 40), 'x')}", any},
      {"H103_a_format_of_a_billion", kOpen + "'%1000000000d' % 1}", any},
      {"H104_brackets", repeat("[", 100000), any},
      {"H104_closed_brackets", repeat("[", 100000) + repeat("]", 100000), any},
      {"H104_parentheses", repeat("(", 100000) + "1" + repeat(")", 100000), any},
      {"H104_negations", repeat("!", 100000) + "true", any},
      {"H104_objects", repeat("{a:", 100000) + "1" + repeat("}", 100000), any},
      {"H104_conditions", repeat("if true then ", 100000) + "1", any},
      {"H104_locals", repeat("local a=1; ", 100000) + "1", any},
      {"H104_functions", repeat("function(a) ", 100000) + "1", any},
      {"H104_a_long_sum", kOpen + "1" + repeat("+1", 200000) + "}", any},
      {"H104_a_long_path", "local a={}; a" + repeat(".a", 100000), any},
      {"H104_a_long_index", "local a=[]; a" + repeat("[0]", 100000), any},
      {"H105_a_deep_array", kOpen + "std.foldl(function(a, b) [a], std.range(1, 200000), [])}", any},
      {"H105_a_deep_object", kOpen + "std.foldl(function(a, b) {x: a}, std.range(1, 200000), {})}", any},
      {"H105_comparing_deep_values", "local d=std.foldl(function(a, b) [a], std.range(1, 200000), []); " + kOpen + "d == d}", any},
      {"H106_sorting_reversed", kOpen + "std.sort(std.makeArray(300000, function(i) 300000 - i))}", any},
      {"H107_parseYaml_tab", kOpen + "std.parseYaml('\\tx')}", any},
      {"H107_parseYaml_open_quote", kOpen + "std.parseYaml('a: \"b')}", any},
      {"H107_parseYaml_alias", kOpen + "std.parseYaml('&x 1')}", any},
      {"H107_parseJson_deep", kOpen + "std.parseJson(std.repeat('[', 100000))}", any},
      {"H107_parseJson_infinite", kOpen + "std.parseJson('1e999')}", any},
      {"H108_an_absolute_import", "import '/etc/passwd'", import},
      {"H108_an_absolute_importstr", kOpen + "importstr '/proc/self/environ'}", import},
      {"H108_an_import_above_the_project", "import '../../../etc/passwd'", import},
      {"H108_a_device", kOpen + "importstr '/dev/zero'}", import},
      {"H110_a_NUL_in_a_path", "import 'x\\u0000y'", {"E0150", "E0152"}},
      {"H110_a_long_path", "import '" + repeat("x", 5000) + "'", import},
      {"H110_http", "import 'http://example.com/x.libsonnet'", import},
      {"H110_a_file_url", "import 'file:///etc/passwd'", import},
      {"H113_the_environment", kOpen + "std.extVar('HOME')}", failed},
      {"H114_an_unknown_native", kOpen + "std.native('nothing')(1)}", failed},
      {"H114_a_native_with_too_many_arguments", kOpen + "std.native('sha256')('a', 'b')}", failed},
      {"H114_a_native_with_a_function", kOpen + "std.native('sha256')(function(x) x)}", failed},
      {"H114_a_native_with_a_number", kOpen + "std.native('sha256')(1)}", failed},
      {"H114_a_native_of_others", kOpen + "std.native('helmTemplate')('a', 'b', {})}", failed},
      {"H115_a_string", "'x'", {"E0155"}},
      {"H115_a_number", "1", {"E0155"}},
      {"H115_a_function", "function(x) x", failed},
      {"H115_a_boolean_in_a_list", "[null, true]", {"E0155"}},
      {"H116_overflow", kOpen + "1e308*10}", failed},
      {"H116_division_by_zero", kOpen + "0/0}", failed},
      {"H117_an_assertion", kOpen + "1, assert false : 'no'}", failed},
      {"H117_a_long_error", "error std.repeat('x', 1e5)", failed},
      {"H117_escapes_in_an_error", "error '\\u001b[31mred\\u0000 \\n::error::x'", failed},
      {"H121_an_alias_bomb", kOpen + "std.native('parseYaml')('a: &a [" + repeat("x,", 9) + "]\\nb: &b [" + repeat("*a,", 9) + "]\\nc: &c [" + repeat("*b,", 9) +
                                 "]\\nd: &d [" + repeat("*c,", 9) + "]\\ne: &e [" + repeat("*d,", 9) + "]\\nf: &f [" + repeat("*e,", 9) + "]\\ng: [" + repeat("*f,", 9) + "]')}", failed},
      {"H121_an_anchor_in_itself", kOpen + "std.native('parseYaml')('&x [*x]')}", failed},
      {"H121_deep_YAML", kOpen + "std.native('parseYaml')(std.repeat('[', 100000))}", any},
      {"H122_a_huge_pattern", kOpen + "std.native('regexMatch')('((a{1000}){1000}){1000}', 'a')}", failed},
      {"H124_a_field_given_twice", "{a: 1, a: 2}", syntax},
      {"H124_a_comprehension_with_equal_names", "{[x]: 1 for x in ['a', 'a']}", failed},
      {"not_UTF8", "{a: '\xff'}", syntax},
      {"a_NUL", std::string("{a: '") + '\0' + "'}", syntax},
      {"surrogates", kOpen + "'\\ud800'}", {"E0150", "E0151", ""}},
  };
}

bool contains_any(const std::string& findings, const std::vector<std::string>& codes) {
  for (const std::string& code : codes)
    if (contains(findings, code)) return true;
  return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_DATA_TEST_CASE(is_refused_alone, boost::unit_test::data::make(cases())) {
  Run run(Files{{"bad.jsonnet", sample.text}, {"good.jsonnet", object("good")}});
  run.input.limits.jsonnet_cpu_seconds = 1;
  run.input.limits.jsonnet_memory_bytes = 400u << 20;
  run.go();
  const std::string findings = run.all_findings();
  BOOST_TEST(contains_any(findings, sample.codes), findings.substr(0, 500));
  BOOST_TEST((findings.empty() || contains(findings, "'bad.jsonnet'")));
  BOOST_TEST(run.documents("good.jsonnet").size() == 1);
  BOOST_TEST(!contains(findings, "good.jsonnet"));
  for (const std::string& finding : run.findings()) BOOST_TEST((finding.size() < 4096 && finding.find('\n') == std::string::npos && finding.find('\x1b') == std::string::npos));
}

BOOST_AUTO_TEST_CASE(H109_H111_one_file_by_two_spellings_is_read_once) {
  Run run(Files{{"x/a.jsonnet", "[import 'l.libsonnet', import '../x/./l.libsonnet']"}, {"x/l.libsonnet", object("a")}});
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_TEST(run.asked_for("x/l.libsonnet") == 1);
}

BOOST_AUTO_TEST_CASE(H112_too_many_imports) {
  std::string text = "[";
  Files files;
  for (int i = 0; i < 300; ++i) {
    text += cat("import 'l", i, ".libsonnet',");
    files[cat("l", i, ".libsonnet")] = object(cat(i));
  }
  files["bad.jsonnet"] = text + "]";
  files["good.jsonnet"] = object("good");
  Run run(files);
  run.input.limits.jsonnet_imports = 200;
  run.go();
  BOOST_TEST(run.all_findings() == "E0153 bad.jsonnet:1:1 cannot evaluate 'bad.jsonnet': it imports more than 200 files");
  BOOST_TEST(run.documents("good.jsonnet").size() == 1);
}

BOOST_AUTO_TEST_CASE(H116_2_to_the_53_and_one_is_warned_about) {
  Run run(Files{{"a.jsonnet", "{apiVersion:'v1',kind:'X',n:9007199254740992+1}"}});
  BOOST_TEST(contains(run.go().all_findings(), "W0150"));
}

BOOST_AUTO_TEST_CASE(H118_endless_traces_are_cut) {
  Run run(Files{{"a.jsonnet", "local f(i)=if i==0 then 1 else std.trace('line', f(i-1)); {apiVersion:'v1',kind:'X',n: std.foldl(function(a,i) std.trace('x', a), std.range(1, 200000), 0)}"}});
  run.go();
  BOOST_TEST(run.diags.all().size() <= 1001);
  BOOST_TEST(run.diags.errors() <= 1);
}

BOOST_AUTO_TEST_CASE(H119_a_file_that_the_reader_refuses) {
  Run run(Files{{"a.jsonnet", "importstr 'big.txt'"}});
  run.input.read = [](const std::string&, const std::string& path) {
    ImportAnswer answer;
    if (path != "big.txt") return answer;
    answer.status = ImportAnswer::Status::Refused;
    answer.reason = "is larger than 16777216 bytes";
    return answer;
  };
  run.go();
  BOOST_TEST(run.all_findings() == "E0152 a.jsonnet:1:1 cannot evaluate 'a.jsonnet': couldn't open import 'big.txt': 'big.txt' is larger than 16777216 bytes");
}

BOOST_AUTO_TEST_CASE(H120_an_unknown_top_level_argument) {
  Run run(Files{{"a.jsonnet", "function(x=1) x"}});
  run.input.options.tla_vars = {{"y", "1"}};
  BOOST_TEST(contains(run.go().all_findings(), "E0150"));
}

BOOST_AUTO_TEST_CASE(H123_several_bombs_leave_the_others_alone) {
  Files files;
  for (int i = 0; i < 40; ++i) files[cat("e", 10 + i, ".jsonnet")] = object(cat("e", i));
  files["e13.jsonnet"] = "std.foldl(function(a, b) a + a, std.range(1, 40), 'x')";
  files["e27.jsonnet"] = "local f(n)=if n<2 then n else f(n-1)+f(n-2); f(60)";
  files["e31.jsonnet"] = repeat("[", 100000) + repeat("]", 100000);
  Run run(files);
  run.input.limits.jsonnet_cpu_seconds = 1;
  run.input.limits.jsonnet_memory_bytes = 400u << 20;
  run.go();
  BOOST_TEST(run.findings().size() == 3);
  size_t good = 0;
  for (int i = 0; i < 40; ++i) good += run.documents(cat("e", 10 + i, ".jsonnet")).size();
  BOOST_TEST(good == 37);
}

BOOST_AUTO_TEST_CASE(a_result_that_is_too_large) {
  Run run(Files{{"a.jsonnet", "{apiVersion:'v1',kind:'X',n:std.range(1, 10000)}"}, {"good.jsonnet", object("good")}});
  run.input.limits.jsonnet_output_bytes = 10000;
  run.go();
  BOOST_TEST(run.all_findings() == "E0153 a.jsonnet:1:1 cannot evaluate 'a.jsonnet': its result is larger than 10000 bytes");
  BOOST_TEST(run.documents("good.jsonnet").size() == 1);
}

BOOST_AUTO_TEST_CASE(a_worker_that_cannot_be_started) {
  Run run(Files{{"a.jsonnet", object("a")}});
  run.input.worker = "/nonexistent/isvcc";
  run.go();
  BOOST_TEST(run.all_findings() == "E0156 a.jsonnet:1:1 cannot evaluate 'a.jsonnet': cannot start a Jsonnet worker");
}

BOOST_AUTO_TEST_SUITE_END()
