#include <boost/test/unit_test.hpp>

#include "unit/jsonnet/run.h"

using namespace isvcc;
using isvcc::test::object;
using isvcc::test::Files;
using isvcc::test::Run;

static const std::string kA = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}})";
static const std::string kB = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}})";

static void check_documents(const Run& run, const std::string& entry, const std::vector<std::string>& expected) {
  BOOST_TEST(run.documents(entry) == expected, boost::test_tools::per_element());
  BOOST_TEST(run.all_findings() == "");
}

BOOST_AUTO_TEST_SUITE(evaluation)

BOOST_AUTO_TEST_CASE(an_object_is_a_document) {
  Run run(Files{{"a.jsonnet", object("a")}});
  check_documents(run.go(), "a.jsonnet", {"$ " + kA});
}

BOOST_AUTO_TEST_CASE(lists_and_trees_of_objects_are_taken_apart) {
  Run run(Files{{"a.jsonnet", "{x:" + object("a") + ", y:[null,{z:" + object("b") + "}], w:null, h:: 1}"}});
  check_documents(run.go(), "a.jsonnet", {"$.x " + kA, "$.y[1].z " + kB});
}

BOOST_AUTO_TEST_CASE(a_List_is_taken_apart) {
  Run run(Files{{"a.jsonnet", "{apiVersion:'v1',kind:'List',items:[" + object("a") + "," + object("b") + "]}"}});
  check_documents(run.go(), "a.jsonnet", {"$.items[0] " + kA, "$.items[1] " + kB});
}

BOOST_AUTO_TEST_CASE(imports_are_found_beside_the_file) {
  Run run(Files{{"x/a.jsonnet", "(import 'lib/o.libsonnet') + {metadata+: {name: importstr '../name.txt'}}"},
           {"x/lib/o.libsonnet", "import 'p.libsonnet'"},
           {"x/lib/p.libsonnet", object("?")},
           {"name.txt", "a"}});
  check_documents(run.go(), "x/a.jsonnet", {"$ " + kA});
  const std::vector<std::string> expected = {"name.txt", "x/lib/o.libsonnet", "x/lib/p.libsonnet"};
  BOOST_TEST(run.imports("x/a.jsonnet") == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(files_import_each_other) {
  Run run(Files{{"a.jsonnet", "(import 'b.libsonnet').make('a')"},
           {"b.libsonnet", "{local c = import 'c.libsonnet', make(n): c.object(n), name(n): n}"},
           {"c.libsonnet", "{object(n): {apiVersion:'v1',kind:'ConfigMap',metadata:{name:(import 'b.libsonnet').name(n)}}}"}});
  check_documents(run.go(), "a.jsonnet", {"$ " + kA});
}

BOOST_AUTO_TEST_CASE(one_bad_entry_does_not_hide_the_others) {
  Run run(Files{{"a.jsonnet", object("a")}, {"bad.jsonnet", "{x: error 'no'}"}, {"b.jsonnet", object("b")}, {"worse.jsonnet", "{"}});
  run.go();
  BOOST_TEST(run.documents("a.jsonnet").size() == 1);
  BOOST_TEST(run.documents("b.jsonnet").size() == 1);
  const std::vector<std::string> expected = {"E0150 bad.jsonnet:1:5 cannot evaluate 'bad.jsonnet': no",
                                             "E0151 worse.jsonnet:1:2 'worse.jsonnet' is not well-formed Jsonnet: unexpected: end of file while parsing field definition"};
  BOOST_TEST(run.findings() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_error_points_into_the_imported_file) {
  Run run(Files{{"a.jsonnet", "local l = import 'l.libsonnet';\n\n{x: l.f(1)}"}, {"l.libsonnet", "{\n  f(x):\n    error 'no ' + x,\n}"}});
  run.go();
  BOOST_TEST(run.all_findings() == "E0150 l.libsonnet:3:5 cannot evaluate 'a.jsonnet': no 1");
  BOOST_REQUIRE(!run.diags.all()[0].labels.empty());
  const Span label = run.diags.all()[0].labels[0].span;
  BOOST_TEST(run.sources.get(label.file).name == "a.jsonnet");
  BOOST_TEST(run.sources.position(label.file, label.begin).line == 3);
}

BOOST_AUTO_TEST_CASE(names_that_isvcc_made_up_are_not_shown) {
  Run run(Files{{"a.jsonnet", "local l = import 'l.libsonnet';\n{x: {y: l.nosuch}}"}, {"b.jsonnet", object("b")}, {"l.libsonnet", "{}"}});
  run.go();
  for (const Diagnostic& d : run.diags.all())
    for (const Label& label : d.labels) BOOST_TEST(!contains(label.text, "<zz"), label.text);
}

BOOST_AUTO_TEST_CASE(a_syntax_error_in_a_library_is_reported_where_it_is) {
  Run run(Files{{"a.jsonnet", "import 'l.libsonnet'"}, {"b.jsonnet", object("b")}, {"l.libsonnet", "{\n  a: 1\n  b: 2,\n}"}});
  run.go();
  BOOST_TEST(run.documents("b.jsonnet").size() == 1);
  BOOST_TEST(run.all_findings() == "E0151 l.libsonnet:3:3 'l.libsonnet' is not well-formed Jsonnet: expected a comma before next field");
}

BOOST_AUTO_TEST_CASE(an_unknown_variable_is_found_before_evaluation) {
  Run run(Files{{"a.jsonnet", "{x: zz1}"}, {"b.jsonnet", object("b")}});
  run.go();
  BOOST_TEST(run.all_findings() == "E0151 a.jsonnet:1:5 'a.jsonnet' is not well-formed Jsonnet: Unknown variable: zz1");
}

BOOST_AUTO_TEST_CASE(a_missing_import_counts_only_when_it_is_reached) {
  Run run(Files{{"a.jsonnet", "if false then import 'nowhere.libsonnet' else " + object("a")}, {"b.jsonnet", "{\n  x: import 'nowhere.libsonnet'}"}});
  run.go();
  BOOST_TEST(run.documents("a.jsonnet").size() == 1);
  BOOST_TEST(run.all_findings() ==
             "E0152 b.jsonnet:2:6 cannot evaluate 'b.jsonnet': couldn't open import 'nowhere.libsonnet': no match locally or in the Jsonnet library paths");
}

BOOST_AUTO_TEST_CASE(the_right_most_library_path_wins) {
  const std::map<std::string, std::string> files = {{"a.jsonnet", "import 'o.libsonnet'"}, {"one/o.libsonnet", object("a")}, {"/two/o.libsonnet", object("b")}};
  Run right(files);
  right.input.options.library_paths = {"one", "/two"};
  check_documents(right.go(), "a.jsonnet", {"$ " + kB});
  Run left(files);
  left.input.options.library_paths = {"/two", "one"};
  check_documents(left.go(), "a.jsonnet", {"$ " + kA});
}

BOOST_AUTO_TEST_CASE(JSONNET_PATH_comes_after_every_J_and_its_left_most_wins) {
  const std::vector<std::string> expected = {"q", "p", "a", "b"};
  BOOST_TEST(jsonnet_library_paths("p:q", {"a", "b"}) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_library_can_import_below_its_own_root_only) {
  Run run(Files{{"a.jsonnet", "import 'o.libsonnet'"}, {"/lib/o.libsonnet", "import 'sub/p.libsonnet'"}, {"/lib/sub/p.libsonnet", "import '../../etc/q'"}, {"/etc/q", "1"}});
  run.input.options.library_paths = {"/lib"};
  run.go();
  BOOST_TEST(run.all_findings() ==
             "E0152 /lib/sub/p.libsonnet:1:1 cannot evaluate 'a.jsonnet': couldn't open import '../../etc/q': it is outside the project and the library paths");
}

BOOST_AUTO_TEST_CASE(vendored_libraries_are_found_as_Tanka_finds_them) {
  Run run(Files{{"p/jsonnetfile.json", "{}"},
           {"p/env/x/a.jsonnet", "[import 'o.libsonnet', import 'github.com/x/y/m.libsonnet']"},
           {"p/lib/o.libsonnet", object("a")},
           {"p/vendor/o.libsonnet", object("?")},
           {"p/vendor/github.com/x/y/m.libsonnet", object("b")}});
  check_documents(run.go(), "p/env/x/a.jsonnet", {"$[0] " + kA, "$[1] " + kB});
}

BOOST_AUTO_TEST_CASE(tkrc_above_counts_before_a_nearer_jsonnetfile) {
  const std::string object = "{ apiVersion: 'v1', kind: 'K', from: import 'lib.libsonnet' }";
  Run run(Files{{"tkrc.yaml", ""}, {"vendor/lib.libsonnet", "'top'"}, {"p/jsonnetfile.json", "{}"}, {"p/vendor/lib.libsonnet", "'near'"}, {"p/envs/a/main.jsonnet", object}});
  check_documents(run.go(), "p/envs/a/main.jsonnet", {R"($ {"apiVersion":"v1","from":"top","kind":"K"})"});
}

BOOST_AUTO_TEST_CASE(a_vendored_library_may_read_from_the_folder_of_the_entry) {
  Run run(Files{{"jsonnetfile.json", "{}"},
           {"env/x/main.jsonnet", "import 'shared.libsonnet'"},
           {"env/x/own.libsonnet", object("a")},
           {"env/y/main.jsonnet", "import 'shared.libsonnet'"},
           {"env/y/own.libsonnet", object("b")},
           {"lib/shared.libsonnet", "import 'own.libsonnet'"}});
  run.go();
  check_documents(run, "env/x/main.jsonnet", {"$ " + kA});
  check_documents(run, "env/y/main.jsonnet", {"$ " + kB});
}

BOOST_AUTO_TEST_CASE(the_library_of_the_binary_can_be_imported) {
  Run run(Files{{"a.jsonnet", "(import 'isvcc/runtimes.libsonnet').release('v0.20.0')['kserve-sklearnserver']"}});
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_REQUIRE(run.documents("a.jsonnet").size() == 1);
  BOOST_TEST(contains(run.documents("a.jsonnet")[0], "kserve/sklearnserver:v0.20.0"));
  BOOST_TEST(run.imports("a.jsonnet").empty());
}

BOOST_AUTO_TEST_CASE(external_variables_and_top_level_arguments_are_given) {
  Run run(Files{{"a.jsonnet", "function(name, n=1, code) {apiVersion:'v1',kind:'ConfigMap',metadata:{name:name},data:{n:n,c:code,e:std.extVar('e'),x:std.extVar('x')}}"}});
  run.input.options.tla_vars = {{"name", "q'\"\n"}};
  run.input.options.tla_codes = {{"code", "[1,2] // two\n"}};
  run.input.options.ext_vars = {{"e", "text"}};
  run.input.options.ext_codes = {{"x", "{y: 1}"}};
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_REQUIRE(run.loaded.documents[0].size() == 1);
  View document = run.loaded.documents[0][0].root;
  BOOST_TEST(document.at("metadata.name").text() == "q'\"\n");
  BOOST_TEST(brief(document["data"]) == R"({"c":[1,2],"e":"text","n":1,"x":{"y":1}})");
}

BOOST_AUTO_TEST_CASE(a_missing_top_level_argument_is_an_error) {
  Run run(Files{{"a.jsonnet", "function(name) 1"}});
  BOOST_TEST(contains(run.go().all_findings(), "E0150 "));
  BOOST_TEST(contains(run.all_findings(), "cannot evaluate 'a.jsonnet': function parameter name not bound in call"));
}

BOOST_AUTO_TEST_CASE(thisFile_is_the_file_itself) {
  Run run(Files{{"x/a.jsonnet", "{apiVersion:'v1',kind:'X',a:std.thisFile,b:import 'b.libsonnet'}"}, {"x/b.libsonnet", "std.thisFile"}});
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_REQUIRE(run.loaded.documents[0].size() == 1);
  BOOST_TEST(View(run.loaded.documents[0][0].root)["a"].text() == "x/a.jsonnet");
  BOOST_TEST(View(run.loaded.documents[0][0].root)["b"].text() == "x/b.libsonnet");
}

BOOST_AUTO_TEST_CASE(names_of_the_bundle_never_meet_names_of_a_file) {
  Run run(Files{{"a.jsonnet", "local zz=1, zz1=2, zz2=3; {apiVersion:'v1',kind:'X',a:[zz,zz1,zz2],b:import 'b.libsonnet'}"}, {"b.libsonnet", "local zq1=4; zq1"}});
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_TEST(brief(View(run.loaded.documents[0][0].root)["a"]) == "[1,2,3]");
}

BOOST_AUTO_TEST_CASE(self_and_dollar_outside_of_an_object_stay_errors) {
  Run run(Files{{"a.jsonnet", "self"}, {"b.jsonnet", "$.x"}});
  run.go();
  BOOST_TEST(run.findings().size() == 2);
  BOOST_TEST(contains(run.all_findings(), "E0151 a.jsonnet:1:1"));
  BOOST_TEST(contains(run.all_findings(), "E0151 b.jsonnet:1:1"));
}

BOOST_AUTO_TEST_CASE(a_file_cannot_break_out_of_its_parentheses) {
  Run run(Files{{"a.jsonnet", "1), zz9=(2"}, {"b.jsonnet", "import 'a' + 'b'"}, {"c.jsonnet", "/* open"}});
  run.go();
  BOOST_TEST(run.findings().size() == 3);
  BOOST_TEST(contains(run.all_findings(), "E0151 a.jsonnet:1:2"));
  BOOST_TEST(contains(run.all_findings(), "computed imports are not allowed"));
  BOOST_TEST(contains(run.all_findings(), "E0151 c.jsonnet:1:1"));
}

BOOST_AUTO_TEST_CASE(what_is_no_object_is_an_error_with_its_path) {
  Run run(Files{{"a.jsonnet", "{x: 1, 'y z': [true], f: {apiVersion: 'v1'}, ok: " + object("a") + "}"}, {"b.jsonnet", "'text'"}, {"c.jsonnet", "null"}, {"d.jsonnet", "function(x=1) x"}});
  run.go();
  BOOST_TEST(run.documents("a.jsonnet").size() == 1);
  const std::string all = run.all_findings();
  BOOST_TEST(contains(all, "E0155 a.jsonnet:"));
  BOOST_TEST(contains(all, "'a.jsonnet' evaluates to something else than Kubernetes objects: $.x is a number, not an object"));
  BOOST_TEST(contains(all, ": $['y z'][0] is a boolean, not an object"));
  BOOST_TEST(contains(all, ": $.f has an apiVersion but no kind"));
  BOOST_TEST(contains(all, "'b.jsonnet' evaluates to something else than Kubernetes objects: $ is a string, not an object"));
  BOOST_TEST(contains(all, "'d.jsonnet' evaluates to something else than Kubernetes objects: $ is a number, not an object"));
  BOOST_TEST(!contains(all, "c.jsonnet"));
}

BOOST_AUTO_TEST_CASE(numbers_read_back_as_they_were_written) {
  Run run(Files{{"a.jsonnet", "{apiVersion:'v1',kind:'X',n:[0.1,1e-7,1.5,100,-3] /**/}"}});
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_TEST(brief(View(run.loaded.documents[0][0].root)["n"]) == "[0.1,1e-7,1.5,100,-3]");
}

BOOST_AUTO_TEST_CASE(a_number_beyond_the_doubles_is_warned_about) {
  Run run(Files{{"a.jsonnet", "{apiVersion:'v1',kind:'X',n:9007199254740993 /**/}"}});
  run.go();
  BOOST_REQUIRE(run.findings().size() == 1);
  BOOST_TEST(contains(run.findings()[0], "W0150 "));
  BOOST_TEST(contains(run.findings()[0], "at $.n"));
}

BOOST_AUTO_TEST_CASE(a_file_of_plain_data_keeps_its_places) {
  Run run(Files{{"a.jsonnet", "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"X\",\n  \"n\": 9007199254740993\n}\n"}});
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_REQUIRE(run.loaded.documents[0].size() == 1);
  View n = View(run.loaded.documents[0][0].root)["n"];
  BOOST_TEST(n.integer().value_or(0) == 9007199254740993);
  BOOST_TEST(run.sources.position(n.node()->origin.file, n.node()->origin.offset).line == 4);
}

BOOST_AUTO_TEST_CASE(traces_are_notes_at_their_place) {
  Run run(Files{{"a.jsonnet", "\n{apiVersion:'v1',kind:'X',a:\nstd.trace('hello', 1)}"}});
  run.go();
  BOOST_TEST(run.all_findings() == "W0151 a.jsonnet:3:1 std.trace: hello");
}

BOOST_AUTO_TEST_CASE(parseYaml_of_std_is_noted) {
  Run run(Files{{"a.jsonnet", "{apiVersion:'v1',kind:'X',a: std.parseYaml('a: 1')}"}});
  run.go();
  BOOST_TEST(run.all_findings() == "W0152 a.jsonnet:1:34 std.parseYaml reads some values differently than Kubernetes");
}

BOOST_AUTO_TEST_CASE(many_entries_and_one_library_agree_with_each_alone) {
  std::map<std::string, std::string> files = {{"lib.libsonnet", "{make(n): {apiVersion:'v1',kind:'X',metadata:{name:'n' + n}, double: n * 2}}"}};
  for (int i = 0; i < 700; ++i)
    files[cat("e", i, ".jsonnet")] = i % 97 == 13 ? cat("(import 'lib.libsonnet').make('x')") : cat("(import 'lib.libsonnet').make(", i, ")");
  Run run(files);
  run.go();
  size_t good = 0;
  for (int i = 0; i < 700; ++i) good += run.documents(cat("e", i, ".jsonnet")).size();
  BOOST_TEST(good == 692);
  BOOST_TEST(run.findings().size() == 8);
  BOOST_TEST(contains(run.documents("e699.jsonnet")[0], "\"double\":1398"));
}

BOOST_AUTO_TEST_CASE(environments_of_Tanka_are_unwrapped) {
  const std::string environment = "{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: n }, spec: { namespace: 'ns-' + n, resourceDefaults: { labels: { a: '1', b: '2' } } }, "
                                  "data: { x: { apiVersion: 'v1', kind: 'K', metadata: { name: n, labels: { b: 'own' } } } } }";
  Run run(Files{{"a.jsonnet", "[" + environment + " for n in ['one', 'two']]"}});
  run.input.options.environments = {"two"};
  run.go();
  BOOST_TEST(run.all_findings() == "");
  BOOST_REQUIRE(run.loaded.documents[0].size() == 1u);
  const Document& document = run.loaded.documents[0][0];
  BOOST_TEST(document.json_path == "$[1].data.x");
  BOOST_TEST(document.default_namespace == "ns-two");
  BOOST_TEST(brief(View(document.root)["metadata"], 1000) == R"({"labels":{"a":"1","b":"own"},"name":"two"})");
}

BOOST_AUTO_TEST_CASE(environments_of_Tanka_label_their_objects_as_tk_does) {
  Run run(Files{{"environments/inline/main.jsonnet", "{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: 'inject' }, spec: { injectLabels: true }, "
                                                     "data: { apiVersion: 'v1', kind: 'K', metadata: { name: 'a', labels: { b: 'own' } } } }"}});
  run.go();
  BOOST_REQUIRE(run.loaded.documents[0].size() == 1u);
  BOOST_TEST(View(run.loaded.documents[0][0].root).at("metadata.labels")["tanka.dev/environment"].text() == "89c8b0944019d8c7d068e25fa0879b2540a4fdad2d91c8f1");
}

BOOST_AUTO_TEST_CASE(objects_outside_of_environments_have_no_other_namespace) {
  Run run(Files{{"a.jsonnet", "{ e: { apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', data: [] }, x: { apiVersion: 'v1', kind: 'K' } }"}});
  run.go();
  BOOST_REQUIRE(run.loaded.documents[0].size() == 1u);
  BOOST_TEST(run.loaded.documents[0][0].default_namespace == "");
}

BOOST_AUTO_TEST_SUITE_END()
