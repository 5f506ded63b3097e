// The text form: what a person sees in a terminal or a log.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "findings.h"

using namespace isvcc;
using test::Findings;

BOOST_AUTO_TEST_SUITE(text_report)

BOOST_AUTO_TEST_CASE(a_finding_shows_its_place_its_line_and_all_that_helps) {
  Findings f;
  f.full();
  BOOST_TEST(f.render(render_text) ==
             "models/iris.yaml:3:11: error: no runtime serves model format 'sklern' [E0001]\n"
             "    3 |   format: sklern\n"
             "      |           ^^^^^^\n"
             "      = kserve says: No runtime found to support predictor\n"
             "runtimes/sk.yaml:1:7: note: this one serves 'sklearn'\n"
             "    1 | name: sklearn\n"
             "      |       ^^^^^^^\n"
             "      = help: did you mean 'sklearn'?\n");
}

BOOST_AUTO_TEST_CASE(a_generated_source_shows_the_json_path) {
  Findings f;
  f.add({f.jsonnet, 2, 3}, "wrong").path = "spec.predictor";
  BOOST_TEST(f.render(render_text) == "all.jsonnet: at spec.predictor: error: wrong [E0001]\n");
}

BOOST_AUTO_TEST_CASE(a_file_without_text_shows_no_line) {
  Findings f;
  f.add({f.sources.add({.name = "locked.yaml", .text = ""}), 0, 0}, "cannot be read");
  BOOST_TEST(f.render(render_text) == "locked.yaml:1:1: error: cannot be read [E0001]\n");
}

BOOST_AUTO_TEST_CASE(a_finding_without_a_place_names_its_object) {
  Findings f;
  f.add({}, "wrong").object = {"InferenceService", "ml", "iris"};
  BOOST_TEST(f.render(render_text) == "error: wrong [E0001]\n      = in: InferenceService ml/iris\n");
}

BOOST_AUTO_TEST_CASE(the_caret_stands_under_the_character_not_the_byte) {
  Findings f;
  f.add({f.yaml, 59, 60}, "wrong");
  BOOST_TEST(f.render(render_text) == "models/iris.yaml:4:14: error: wrong [E0001]\n    4 |   note: \"é\" x\n      |             ^\n");
}

BOOST_AUTO_TEST_CASE(findings_beyond_the_limit_are_counted) {
  Findings f;
  for (int i = 0; i < 5; ++i) f.add({}, "wrong");
  BOOST_TEST(f.render(render_text, {.limit = 2}) == "error: wrong [E0001]\nerror: wrong [E0001]\n… and 3 more findings (a report file lists them all)\n");
}

BOOST_AUTO_TEST_CASE(color_is_added_only_when_asked_for) {
  Findings f;
  f.full();
  BOOST_TEST(!contains(f.render(render_text), "\x1b"));
  BOOST_TEST(contains(f.render(render_text, {.color = true}), "\x1b[1;31merror: \x1b[0m"));
}

BOOST_AUTO_TEST_CASE(a_long_line_is_cut_around_the_span) {
  Findings f;
  const std::string line = std::string(5000, 'a') + "HERE" + std::string(5000, 'b');
  const FileId file = f.sources.add({.name = "long.json", .text = line});
  f.add({file, 5000, 5004}, "wrong");
  const std::string out = f.render(render_text);
  BOOST_TEST(out.size() < 600u);
  BOOST_TEST(contains(out, "…aaa"));
  BOOST_TEST(contains(out, "HERE"));
  BOOST_TEST(contains(out, "^^^^\n"));
}

BOOST_AUTO_TEST_CASE(long_messages_are_cut) {
  Findings f;
  f.add({}, std::string(100000, 'x')).hinting(std::string(100000, 'y'));
  BOOST_TEST(f.render(render_text).size() < 10000u);
}

BOOST_AUTO_TEST_CASE(nothing_from_the_input_can_speak_to_the_terminal_or_the_ci_system) {
  Findings f;
  const std::string evil = "\n::error::x\r##[group]\x1b[31m\u202E\u0007";
  const FileId file = f.sources.add({.name = "::error::" + evil, .text = "a: \x1b[2J\u202E b\n"});
  Diagnostic& d = f.add({file, 3, 8}, evil);
  d.path = evil;
  d.object = {evil, evil, evil};
  d.upstream_says(evil).hinting(evil).label({file, 0, 1}, evil);
  f.add({}, "wrong").object = {evil, evil, evil};
  for (const ReportFormat& format : report_formats()) {
    const std::string out = f.render(format.render);
    BOOST_TEST_CONTEXT(format.name) {
      BOOST_TEST(!contains(out, "\x1b"));
      BOOST_TEST(!contains(out, "\r"));
      BOOST_TEST(!contains(out, "\u202E"));
      for (std::string_view line : split(out, '\n')) {
        BOOST_TEST(!starts_with(line, "##["));
        BOOST_TEST((format.name == "github" || !starts_with(line, "::")), line);
        BOOST_TEST((format.name == "azure" || !starts_with(line, "##vso")), line);
      }
    }
  }
  const std::string commands = f.render(render_github);
  for (std::string_view line : split(commands, '\n')) BOOST_TEST((line.empty() || starts_with(line, "::error file=") || starts_with(line, "::error title=")), line);
}

BOOST_AUTO_TEST_SUITE_END()
