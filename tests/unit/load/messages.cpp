// What people are told when a file cannot be read: in their words, at the right place, with a way out.
#include <boost/test/unit_test.hpp>

#include "unit/load/reading.h"

using namespace isvcc;
using namespace isvcc::test;

BOOST_AUTO_TEST_SUITE(reader_messages)

BOOST_AUTO_TEST_CASE(duplicate_keys_show_both_places) {
  const Reading r = read("metadata:\n  name: a\n  name: b\n");
  const Diagnostic& d = r.the(Code::DuplicateKey);
  BOOST_CHECK(d.stage == Stage::Strict && d.severity == Severity::Error);
  BOOST_CHECK_EQUAL(d.message, "key 'name' is given twice; the last value counts");
  BOOST_CHECK_EQUAL(d.span.begin, 22);
  BOOST_CHECK_EQUAL(d.labels.at(0).span.begin, 12);
  BOOST_CHECK_EQUAL(brief(r.first()), R"({"metadata":{"name":"b"}})");
}

BOOST_AUTO_TEST_CASE(a_value_that_replaces_a_merged_one_is_only_noted) {
  const Reading r = read("x: &x {a: 1}\nw:\n  <<: *x\n  a: 2\n");
  BOOST_CHECK_EQUAL(r.errors(), 0);
  BOOST_CHECK(r.the(Code::MergedKeyReplaced).severity == Severity::Note);
}

BOOST_AUTO_TEST_CASE(a_merge_that_replaces_a_written_value_is_a_warning) {
  const Reading r = read("x: &x {a: 1}\nw:\n  a: 2\n  <<: *x\n");
  BOOST_CHECK_EQUAL(r.errors(), 0);
  BOOST_CHECK(r.the(Code::MergeReplacesKey).severity == Severity::Warning);
}

BOOST_AUTO_TEST_CASE(a_helm_template_is_recognised) {
  const Reading r = read("apiVersion: v1\n{{- if .Values.x }}\nkind: ConfigMap\n{{- end }}\n");
  BOOST_CHECK_EQUAL(r.the(Code::UnrenderedTemplate).span.begin, 15);
  BOOST_CHECK(contains(r.the(Code::UnrenderedTemplate).hint, "helm template"));
}

BOOST_AUTO_TEST_CASE(a_value_with_braces_gets_the_hint_to_quote_it) {
  BOOST_CHECK(contains(read("args:\n- {{.Name}}\n").the(Code::BadKey).hint, "quote"));
  BOOST_CHECK(contains(read("a: {{ .Name }}-x\n").diags.all().front().hint, "quote"));
}

BOOST_AUTO_TEST_CASE(merge_conflicts_are_recognised) {
  const Reading r = read("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n");
  BOOST_CHECK_EQUAL(r.the(Code::ConflictMarkers).span.begin, 5);
}

BOOST_AUTO_TEST_CASE(tabs_are_named) {
  BOOST_CHECK(contains(read("a:\n\tb: 1\n").the(Code::InvalidYaml).message, "tab"));
  BOOST_CHECK(contains(read("a: |\n  x\n\ty\n").the(Code::InvalidYaml).message, "tab"));
}

BOOST_AUTO_TEST_CASE(reserved_characters_are_named) {
  BOOST_CHECK_EQUAL(read("a: @b\n").the(Code::InvalidYaml).message, "a value cannot start with '@'");
  BOOST_CHECK_EQUAL(read("a: `b`\n").the(Code::InvalidYaml).span.begin, 3);
}

BOOST_AUTO_TEST_CASE(an_open_quote_is_shown_where_it_starts) {
  const Reading r = read("a: 1\nb: 'x\nc: 2\n");
  const Diagnostic& d = r.the(Code::InvalidYaml);
  BOOST_CHECK_EQUAL(d.message, "a quoted text does not end");
  BOOST_CHECK_EQUAL(d.labels.at(0).span.begin, 8);
}

BOOST_AUTO_TEST_CASE(control_characters_are_named_with_their_place) {
  const Diagnostic d = read("a: 1\nb: x\x1By\n").the(Code::BadEncoding);
  BOOST_CHECK_EQUAL(d.message, "the control character U+001B");
  BOOST_CHECK_EQUAL(d.span.begin, 9);
}

BOOST_AUTO_TEST_CASE(readers_that_would_differ_are_mentioned) {
  const Reading r = read("a: yes\nb: 0644\nc: true\nd: 1_000\ny: 1\n");
  size_t ambiguous = 0;
  for (const Diagnostic& d : r.diags.all()) ambiguous += d.code == Code::AmbiguousScalar;
  BOOST_CHECK_EQUAL(ambiguous, 3);
  BOOST_CHECK_EQUAL(r.the(Code::AmbiguousScalar).message, "'yes' is read as true; other YAML readers differ");
}

BOOST_AUTO_TEST_CASE(an_indented_separator_is_a_warning) {
  BOOST_CHECK(read("a: 1\n ---\nb: 2\n").the(Code::IndentedSeparator).severity == Severity::Warning);
}

BOOST_AUTO_TEST_CASE(other_documents_of_a_broken_file_are_read) {
  const Reading r = read("a: 1\n---\nb: [\n---\nc: 3\n--- x\nd: 4\n---\ne: 5\n");
  BOOST_CHECK_EQUAL(r.documents.size(), 3);
  BOOST_CHECK_EQUAL(r.errors(), 2);
}

BOOST_AUTO_TEST_SUITE_END()
