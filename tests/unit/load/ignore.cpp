// Ignore patterns mean what they mean to Git.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "load/ignore.h"

using namespace isvcc;

namespace {
bool ignored(std::string_view patterns, std::string_view path, bool folder = false, std::string_view base = "") {
  IgnoreRules rules;
  for (std::string_view line : split(patterns, '\n')) BOOST_REQUIRE(rules.add(base, line));
  return rules.ignores(path, folder);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(ignore)

BOOST_AUTO_TEST_CASE(a_name_matches_at_every_level) {
  BOOST_CHECK(ignored("x.yaml", "x.yaml"));
  BOOST_CHECK(ignored("x.yaml", "a/b/x.yaml"));
  BOOST_CHECK(!ignored("x.yaml", "a/xx.yaml"));
  BOOST_CHECK(!ignored("x.yaml", "x.yaml/b"));
}

BOOST_AUTO_TEST_CASE(a_slash_anchors) {
  BOOST_CHECK(ignored("/x.yaml", "x.yaml"));
  BOOST_CHECK(!ignored("/x.yaml", "a/x.yaml"));
  BOOST_CHECK(ignored("a/x.yaml", "a/x.yaml"));
  BOOST_CHECK(!ignored("a/x.yaml", "b/a/x.yaml"));
}

BOOST_AUTO_TEST_CASE(a_trailing_slash_means_folders) {
  BOOST_CHECK(ignored("build/", "a/build", true));
  BOOST_CHECK(!ignored("build/", "a/build", false));
}

BOOST_AUTO_TEST_CASE(stars_stay_inside_a_component) {
  BOOST_CHECK(ignored("*.yaml", "a/b.yaml"));
  BOOST_CHECK(ignored("a/*.yaml", "a/b.yaml"));
  BOOST_CHECK(!ignored("a/*.yaml", "a/b/c.yaml"));
  BOOST_CHECK(ignored("a*c", "abbc"));
  BOOST_CHECK(ignored("a?c", "abc"));
  BOOST_CHECK(!ignored("/a?c", "a/c"));
}

BOOST_AUTO_TEST_CASE(two_stars_stand_for_folders) {
  BOOST_CHECK(ignored("**/x", "x"));
  BOOST_CHECK(ignored("**/x", "a/b/x"));
  BOOST_CHECK(ignored("a/**/x", "a/x"));
  BOOST_CHECK(ignored("a/**/x", "a/b/c/x"));
  BOOST_CHECK(!ignored("a/**/x", "ab/x"));
  BOOST_CHECK(ignored("a/**", "a/b/c"));
  BOOST_CHECK(!ignored("a/**", "a"));
  BOOST_CHECK(ignored("a**", "abc"));
}

BOOST_AUTO_TEST_CASE(brackets_are_sets_of_bytes) {
  BOOST_CHECK(ignored("x[0-9].yaml", "x7.yaml"));
  BOOST_CHECK(!ignored("x[0-9].yaml", "xa.yaml"));
  BOOST_CHECK(ignored("x[!0-9]", "xa"));
  BOOST_CHECK(!ignored("x[!0-9]", "x1"));
  BOOST_CHECK(!ignored("/x[!0-9]y", "x/y"));
  BOOST_CHECK(ignored("[]a]", "]"));
  BOOST_CHECK(ignored("[a-]", "-"));
}

BOOST_AUTO_TEST_CASE(the_last_rule_wins) {
  BOOST_CHECK(!ignored("*.yaml\n!keep.yaml", "keep.yaml"));
  BOOST_CHECK(ignored("*.yaml\n!keep.yaml", "other.yaml"));
  BOOST_CHECK(ignored("!keep.yaml\n*.yaml", "keep.yaml"));
}

BOOST_AUTO_TEST_CASE(comments_blanks_and_escapes) {
  BOOST_CHECK(!ignored("# x.yaml\n\n   ", "x.yaml"));
  BOOST_CHECK(ignored("x.yaml   ", "x.yaml"));
  BOOST_CHECK(ignored("x\\ ", "x "));
  BOOST_CHECK(ignored("\\#x", "#x"));
  BOOST_CHECK(ignored("\\!x", "!x"));
  BOOST_CHECK(ignored("a\\*b", "a*b"));
  BOOST_CHECK(!ignored("a\\*b", "axb"));
  BOOST_CHECK(ignored("a.b+(c)", "a.b+(c)"));
  BOOST_CHECK(ignored("x.yaml\r", "x.yaml"));
}

BOOST_AUTO_TEST_CASE(patterns_speak_of_their_own_folder) {
  BOOST_CHECK(ignored("/x", "a/x", false, "a"));
  BOOST_CHECK(!ignored("/x", "x", false, "a"));
  BOOST_CHECK(!ignored("/x", "ab/x", false, "a"));
  BOOST_CHECK(ignored("x", "a/b/x", false, "a"));
}

BOOST_AUTO_TEST_CASE(broken_patterns_are_told) {
  IgnoreRules rules;
  for (std::string_view line : {"[a", "x\\", "!", "/", "[z-a]"}) BOOST_TEST_CONTEXT(line) BOOST_CHECK(!rules.add("", line));
  BOOST_CHECK(!rules.add("", std::string(5000, 'x')));
  BOOST_CHECK_EQUAL(rules.count(), 0);
}

BOOST_AUTO_TEST_CASE(many_stars_take_no_time) {
  std::string pattern;
  for (int i = 0; i < 500; ++i) pattern += "*a";
  BOOST_CHECK(!ignored(pattern, std::string(2000, 'a') + "b"));
}

BOOST_AUTO_TEST_SUITE_END()
