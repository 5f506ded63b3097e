// The machine-readable forms, member by member.
#include <boost/test/unit_test.hpp>
#include <set>

#include "base/text.h"
#include "findings.h"
#include "support/json_text.h"

using namespace isvcc;
using test::Findings;

static const Node* json(const std::string& text, Arena& arena) { return test::read_json(arena.copy(text), arena); }

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(json_has_the_keys_of_the_contract) {
  Findings f;
  f.full();
  Arena arena;
  const View d = View(json(f.render(render_json), arena)).item(0);
  for (const auto& [key, text] : std::initializer_list<std::pair<const char*, const char*>>{{"severity", "error"},
                                                                                            {"stage", "selection"},
                                                                                            {"code", "E0001"},
                                                                                            {"message", "no runtime serves model format 'sklern'"},
                                                                                            {"upstream", "No runtime found to support predictor"},
                                                                                            {"hint", "did you mean 'sklearn'?"},
                                                                                            {"path", "spec.format"},
                                                                                            {"file", "models/iris.yaml"}})
    BOOST_TEST(d[key].text() == text, key);
  BOOST_TEST(brief(d["object"], 200) == "{\"kind\":\"InferenceService\",\"namespace\":\"ml\",\"name\":\"iris\"}");
  BOOST_TEST(d["line"].integer().value() == 3);
  BOOST_TEST(d["column"].integer().value() == 11);
  BOOST_TEST(d["labels"].item(0)["file"].text() == "runtimes/sk.yaml");
  BOOST_TEST(d["fixes"].item(0)["replacement"].text() == "sklearn");
}

BOOST_AUTO_TEST_CASE(json_without_findings_is_an_empty_array) { BOOST_TEST(Findings().render(render_json) == "[]"); }

BOOST_AUTO_TEST_CASE(sarif_names_rule_place_and_fix) {
  Findings f;
  f.full();
  Arena arena;
  const View log = json(f.render(render_sarif, {.version = "1.2.3"}), arena);
  const View run = log["runs"].item(0), result = run["results"].item(0);
  BOOST_TEST(log["version"].text() == "2.1.0");
  BOOST_TEST(run.at("tool.driver.version").text() == "1.2.3");
  BOOST_TEST(run.at("tool.driver.rules").item(0)["id"].text() == "E0001");
  BOOST_TEST(result["ruleId"].text() == "E0001");
  BOOST_TEST(result["ruleIndex"].integer().value() == 0);
  BOOST_TEST(result["level"].text() == "error");
  const View place = result["locations"].item(0)["physicalLocation"];
  BOOST_TEST(brief(place, 300) ==
             "{\"artifactLocation\":{\"uri\":\"models/iris.yaml\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":3,\"startColumn\":11,\"endLine\":3,\"endColumn\":17}}");
  BOOST_TEST(result["locations"].item(0)["logicalLocations"].item(0)["fullyQualifiedName"].text() == "InferenceService ml/iris: spec.format");
  BOOST_TEST(result["relatedLocations"].item(0).at("message.text").text() == "this one serves 'sklearn'");
  BOOST_TEST(result["fixes"].item(0)["artifactChanges"].item(0)["replacements"].item(0).at("insertedContent.text").text() == "sklearn");
  BOOST_TEST(result["partialFingerprints"]["isvccFinding/v1"].text().size() == 64u);
}

BOOST_AUTO_TEST_CASE(sarif_has_no_empty_regions_and_no_absolute_places) {
  Findings f;
  f.add({}, "nowhere");
  f.add({f.jsonnet, 1, 2}, "generated");
  const std::string out = f.render(render_sarif);
  BOOST_TEST(!contains(out, "\"region\""));
  BOOST_TEST(!contains(out, "{}"));
  BOOST_TEST(!contains(out, "file:"));
}

BOOST_AUTO_TEST_CASE(sarif_counts_columns_in_characters) {
  Findings f;
  f.add({f.yaml, 59, 60}, "wrong");
  BOOST_TEST(contains(f.render(render_sarif), "\"startColumn\": 13"));
}

BOOST_AUTO_TEST_CASE(sarif_encodes_file_names) {
  Findings f;
  const FileId file = f.sources.add({.name = "a b/ü#?.yaml", .text = "x\n"});
  f.add({file, 0, 1}, "wrong");
  BOOST_TEST(contains(f.render(render_sarif), "\"uri\": \"a%20b/%C3%BC%23%3F.yaml\""));
}

BOOST_AUTO_TEST_CASE(sarif_keeps_errors_when_there_are_too_many_results) {
  Findings f;
  for (int i = 0; i < 25'001; ++i) f.add({}, "many", Severity::Warning);
  f.add({}, "the one error");
  Arena arena;
  const View run = View(json(f.render(render_sarif), arena))["runs"].item(0);
  BOOST_TEST(run["results"].size() == 25'000u);
  BOOST_TEST(run["results"].item(0).at("message.text").text() == "the one error");
  BOOST_TEST(run["invocations"].item(0)["toolExecutionNotifications"].item(0).at("message.text").text() == "2 more findings are left out here");
}

BOOST_AUTO_TEST_CASE(junit_has_a_suite_per_file_and_a_case_per_object) {
  Findings f;
  f.full();
  f.add({f.yaml, 0, 1}, "careful <&\">", Severity::Warning).object = {"InferenceService", "ml", "iris"};
  f.add({f.runtime, 0, 1}, "second");
  BOOST_TEST(f.render(render_junit) ==
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites name=\"isvcc\" tests=\"2\" failures=\"2\" errors=\"0\" time=\"0\">\n"
             "  <testsuite name=\"models/iris.yaml\" tests=\"1\" failures=\"1\" errors=\"0\" time=\"0\">\n"
             "    <testcase name=\"InferenceService ml/iris\" classname=\"models/iris.yaml\" time=\"0\">\n"
             "      <failure message=\"no runtime serves model format 'sklern'\" type=\"E0001\">models/iris.yaml:3:11: error: no runtime serves model format 'sklern'; "
             "kserve says: No runtime found to support predictor; help: did you mean 'sklearn'? [E0001]</failure>\n"
             "      <system-out>models/iris.yaml:1:1: warning: careful &lt;&amp;&quot;&gt; [W0801]</system-out>\n"
             "    </testcase>\n"
             "  </testsuite>\n"
             "  <testsuite name=\"runtimes/sk.yaml\" tests=\"1\" failures=\"1\" errors=\"0\" time=\"0\">\n"
             "    <testcase name=\"selection\" classname=\"runtimes/sk.yaml\" time=\"0\">\n"
             "      <failure message=\"second\" type=\"E0001\">runtimes/sk.yaml:1:1: error: second [E0001]</failure>\n"
             "    </testcase>\n"
             "  </testsuite>\n"
             "</testsuites>\n");
}

BOOST_AUTO_TEST_CASE(junit_without_findings_has_one_case_that_passes) {
  BOOST_TEST(contains(Findings().render(render_junit), "tests=\"1\" failures=\"0\""));
  BOOST_TEST(contains(Findings().render(render_junit), "<testcase name=\"no findings\""));
}

BOOST_AUTO_TEST_CASE(tap_has_a_point_per_finding) {
  Findings f;
  f.full();
  f.add({}, "100 # of", Severity::Warning);
  BOOST_TEST(f.render(render_tap) ==
             "TAP version 14\n1..2\n"
             "not ok 1 - no runtime serves model format 'sklern'\n"
             "  ---\n  code: \"E0001\"\n  severity: \"error\"\n  object: \"InferenceService ml/iris\"\n  path: \"spec.format\"\n  file: \"models/iris.yaml\"\n  line: 3\n  column: 11\n"
             "  upstream: \"No runtime found to support predictor\"\n  help: \"did you mean 'sklearn'?\"\n  ...\n"
             "ok 2 - warning: 100 \\# of\n  ---\n  code: \"W0801\"\n  severity: \"warning\"\n  ...\n");
}

BOOST_AUTO_TEST_CASE(github_commands_escape_values_and_put_errors_first) {
  Findings f;
  f.add({}, "100% sure", Severity::Warning);
  f.full();
  BOOST_TEST(f.render(render_github) ==
             "::error file=models/iris.yaml,line=3,endLine=3,col=11,endColumn=17,title=E0001 InferenceService ml/iris::no runtime serves model format 'sklern'%0A"
             "kserve says: No runtime found to support predictor%0Ahelp: did you mean 'sklearn'?\n"
             "::warning title=W0801::100%25 sure\n");
}

BOOST_AUTO_TEST_CASE(github_properties_escape_colons_and_commas) {
  Findings f;
  const FileId file = f.sources.add({.name = "a,b:c%.yaml", .text = "x\n"});
  f.add({file, 0, 1}, "wrong");
  BOOST_TEST(contains(f.render(render_github), "file=a%2Cb%3Ac%25.yaml,line=1,"));
}

BOOST_AUTO_TEST_CASE(azure_commands_escape_semicolons_and_brackets) {
  Findings f;
  const FileId file = f.sources.add({.name = "a;b].yaml", .text = "x\n"});
  f.add({file, 0, 1}, "100% wrong");
  BOOST_TEST(f.render(render_azure) == "##vso[task.logissue type=error;sourcepath=a%3Bb%5D.yaml;linenumber=1;columnnumber=1;code=E0001]100%AZP25 wrong\n");
}

static std::set<std::string> fingerprints(const Findings& f) {
  Arena arena;
  std::set<std::string> out;
  for (const Node* issue : View(json(f.render(render_gitlab), arena)).items()) out.emplace(View(issue)["fingerprint"].text());
  return out;
}

BOOST_AUTO_TEST_CASE(gitlab_fingerprints_do_not_depend_on_the_line) {
  Findings a, b;
  a.full();
  b.full().span = {b.yaml, 0, 4};
  BOOST_TEST((fingerprints(a) == fingerprints(b)));
}

BOOST_AUTO_TEST_CASE(gitlab_fingerprints_tell_findings_apart) {
  Findings f;
  for (int i = 0; i < 3; ++i) f.full();
  f.full().path = "spec.other";
  f.full().object.name = "wine";
  f.add({}, "one");
  f.add({}, "two");
  BOOST_TEST(fingerprints(f).size() == 7u);
}

BOOST_AUTO_TEST_CASE(gitlab_issues_always_have_a_place) {
  Findings f;
  f.add({}, "nowhere");
  f.full();
  Arena arena;
  const View issues = json(f.render(render_gitlab), arena);
  BOOST_TEST(brief(issues.item(0)["location"], 200) == "{\"path\":\"isvcc.yaml\",\"lines\":{\"begin\":1}}");
  BOOST_TEST(brief(issues.item(1)["location"], 200) == "{\"path\":\"models/iris.yaml\",\"lines\":{\"begin\":3}}");
  BOOST_TEST(issues.item(1)["severity"].text() == "major");
  BOOST_TEST(issues.item(1)["check_name"].text() == "E0001");
}

BOOST_AUTO_TEST_CASE(rdjson_has_ranges_and_suggestions) {
  Findings f;
  f.full();
  Arena arena;
  const View d = View(json(f.render(render_rdjson), arena))["diagnostics"].item(0);
  BOOST_TEST(brief(d["location"], 200) == "{\"path\":\"models/iris.yaml\",\"range\":{\"start\":{\"line\":3,\"column\":11},\"end\":{\"line\":3,\"column\":17}}}");
  BOOST_TEST(d["severity"].text() == "ERROR");
  BOOST_TEST(d.at("code.value").text() == "E0001");
  BOOST_TEST(d["suggestions"].item(0)["text"].text() == "sklearn");
}

BOOST_AUTO_TEST_CASE(rdjsonl_is_one_line_a_finding) {
  Findings f;
  f.full();
  f.add({}, "second");
  const std::string out = f.render(render_rdjsonl);
  BOOST_TEST(std::count(out.begin(), out.end(), '\n') == 2);
}

BOOST_AUTO_TEST_CASE(kubeconform_counts_objects) {
  Findings f;
  f.full();
  f.full().path = "spec.other";
  f.add({f.runtime, 0, 1}, "unreadable").stage = Stage::Load;
  f.add({}, "only a warning", Severity::Warning);
  Arena arena;
  const View report = json(f.render(render_kubeconform, {.checked = 10}), arena);
  BOOST_TEST(brief(report["summary"], 200) == "{\"valid\":9,\"invalid\":1,\"errors\":1,\"skipped\":0}");
  BOOST_TEST(report["resources"].item(0)["status"].text() == "statusInvalid");
  BOOST_TEST(report["resources"].item(0)["validationErrors"].size() == 2u);
  BOOST_TEST(report["resources"].item(1)["status"].text() == "statusError");
}

BOOST_AUTO_TEST_CASE(formats_are_found_by_name) {
  for (const char* name : {"text", "sarif", "junit", "tap", "github", "gitlab-codequality", "gitlab", "azure", "rdjson", "rdjsonl", "kubeconform"})
    BOOST_TEST((find_report_format(name) != nullptr), name);
  BOOST_TEST((find_report_format("html") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
