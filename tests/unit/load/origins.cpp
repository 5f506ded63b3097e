// Every value and key knows its bytes in the file: whatever the encoding, the line ends and the place among the documents.
#include <boost/test/unit_test.hpp>

#include "unit/load/reading.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {
// The bytes a node says it was written in.
std::string source_of(const Reading& r, View value) { return r.text.substr(value.node()->origin.offset, value.node()->length); }

std::string key_source(const Reading& r, View map, std::string_view key) { return r.text.substr(map.field(key)->key_offset, key.size()); }
}  // namespace

BOOST_AUTO_TEST_SUITE(origins)

BOOST_AUTO_TEST_CASE(scalars_point_to_their_token) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("a: plain\nb: 'it''s'\nc: \"d\\te\"\nd: 12\ne: yes\nf: [x, \"y\"]\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_CHECK_EQUAL(source_of(r, r.first()["a"]), "plain");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["b"]), "'it''s'");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["c"]), "\"d\\te\"");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["d"]), "12");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["e"]), "yes");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["f"].item(1)), "\"y\"");
      BOOST_CHECK_EQUAL(key_source(r, r.first(), "d"), "d");
    }
  }
}

BOOST_AUTO_TEST_CASE(offsets_are_bytes_also_behind_wide_characters) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("é: 日本\n😀: 'x😀'\nk: v\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_CHECK_EQUAL(source_of(r, r.first()["é"]), "日本");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["😀"]), "'x😀'");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["k"]), "v");
      BOOST_CHECK_EQUAL(key_source(r, r.first(), "k"), "k");
    }
  }
}

BOOST_AUTO_TEST_CASE(offsets_count_from_the_start_of_the_file) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("\xEF\xBB\xBF# é\r\na: 1\r\n---\r\nb:\r\n- 'é'\r\n---\r\nc: d\r\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_REQUIRE_EQUAL(r.documents.size(), 3);
      BOOST_CHECK_EQUAL(source_of(r, View(r.documents[0])["a"]), "1");
      BOOST_CHECK_EQUAL(source_of(r, View(r.documents[1])["b"].item(0)), "'é'");
      BOOST_CHECK_EQUAL(source_of(r, View(r.documents[2])["c"]), "d");
      BOOST_CHECK_EQUAL(key_source(r, r.documents[2], "c"), "c");
    }
  }
}

BOOST_AUTO_TEST_CASE(maps_and_lists_start_at_their_first_token) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("a:\n  b: 1\nc:\n- x\nd: {e: f}\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_CHECK_EQUAL(r.first().node()->origin.offset, 0);
      BOOST_CHECK_EQUAL(r.text[r.first()["a"].node()->origin.offset], 'b');
      BOOST_CHECK_EQUAL(r.text[r.first()["c"].node()->origin.offset], '-');
      BOOST_CHECK_EQUAL(r.text[r.first()["d"].node()->origin.offset], '{');
    }
  }
}

BOOST_AUTO_TEST_CASE(brackets_and_braces_know_their_length) {
  for (YamlParser parser : {YamlParser::Fast, YamlParser::LibYaml}) {
    const Reading r = read("a: [1, [2, 3]]\nb: {c: {}}\n", parser);
    BOOST_CHECK_EQUAL(source_of(r, r.first()["a"]), "[1, [2, 3]]");
    BOOST_CHECK_EQUAL(source_of(r, r.first()["a"].item(1)), "[2, 3]");
    BOOST_CHECK_EQUAL(source_of(r, r.first()["b"]), "{c: {}}");
  }
}

BOOST_AUTO_TEST_CASE(a_block_scalar_ends_at_its_last_character) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("a: |+\n  x\n  y  \n\n\nb: >-\n  z\n# c\nc: 1\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_CHECK_EQUAL(source_of(r, r.first()["a"]), "|+\n  x\n  y");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["b"]), ">-\n  z");
    }
  }
}

BOOST_AUTO_TEST_CASE(anchors_and_tags_are_not_part_of_the_value) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("a: &x v\nb: !!str 12\nc: &y\n  d: e\nf: *y\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_CHECK_EQUAL(source_of(r, r.first()["a"]), "v");
      BOOST_CHECK_EQUAL(source_of(r, r.first()["b"]), "12");
      BOOST_CHECK_EQUAL(r.text[r.first()["c"].node()->origin.offset], 'd');
      // An alias is the anchored value itself.
      BOOST_CHECK(r.first()["f"].node() == r.first()["c"].node());
    }
  }
}

BOOST_AUTO_TEST_CASE(quoted_tells_texts_that_were_quoted) {
  for (YamlParser parser : all_parsers()) {
    const Reading r = read("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: !!str 1\n", parser);
    BOOST_TEST_CONTEXT(name_of(parser)) {
      BOOST_CHECK(!r.first()["a"].node()->quoted);
      BOOST_CHECK(r.first()["b"].node()->quoted);
      BOOST_CHECK(r.first()["c"].node()->quoted);
      BOOST_CHECK(r.first()["d"].node()->quoted);
      BOOST_CHECK(!r.first()["e"].node()->quoted);
    }
  }
}

BOOST_AUTO_TEST_CASE(unchanged_texts_are_not_copied) {
  const Reading r = read("a: plain\nb: \"quoted\"\n", YamlParser::LibYaml);
  BOOST_CHECK(r.first()["a"].text().data() == r.text.data() + 3);
  BOOST_CHECK(r.first()["b"].text().data() == r.text.data() + 13);
}

BOOST_AUTO_TEST_CASE(json_values_point_to_their_token) {
  const Reading r = read_json_text("{\"é\": [1.50, true], \"b\\u0041\": \"c\\n\"}\n{\"d\":null}");
  BOOST_REQUIRE_EQUAL(r.documents.size(), 2);
  BOOST_CHECK_EQUAL(source_of(r, r.first()), "{\"é\": [1.50, true], \"b\\u0041\": \"c\\n\"}");
  BOOST_CHECK_EQUAL(source_of(r, r.first()["é"]), "[1.50, true]");
  BOOST_CHECK_EQUAL(source_of(r, r.first()["é"].item(0)), "1.50");
  BOOST_CHECK_EQUAL(source_of(r, r.first()["bA"]), "\"c\\n\"");
  BOOST_CHECK_EQUAL(source_of(r, View(r.documents[1])["d"]), "null");
}

BOOST_AUTO_TEST_CASE(trusted_values_have_no_file) {
  Arena arena;
  BOOST_CHECK_EQUAL(View(parse_yaml("a: 1", arena))["a"].node()->origin.file, 0);
  BOOST_CHECK_EQUAL(View(parse_json("{\"a\": 1}", arena))["a"].node()->origin.file, 0);
}

BOOST_AUTO_TEST_SUITE_END()
