// JSON text that is safe in a terminal and a log, whatever the input.
#include <boost/test/unit_test.hpp>

#include "base/json_text.h"

using namespace isvcc;

static std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

BOOST_AUTO_TEST_SUITE(json_text)

BOOST_AUTO_TEST_CASE(quotes_and_backslashes_are_escaped) { BOOST_TEST(quoted("a\"b\\c") == "\"a\\\"b\\\\c\""); }

BOOST_AUTO_TEST_CASE(control_characters_have_short_escapes_where_json_has_them) {
  BOOST_TEST(quoted("\n\t\r\b\f\x1b\x7f") == "\"\\n\\t\\r\\b\\f\\u001b\\u007f\"");
}

BOOST_AUTO_TEST_CASE(text_is_kept_as_utf8) { BOOST_TEST(quoted("é日😀<>&") == "\"é日😀<>&\""); }

BOOST_AUTO_TEST_CASE(marks_that_reorder_or_hide_text_are_escaped) {
  BOOST_TEST(quoted("\u202Ea\u2028\u200B") == "\"\\u202ea\\u2028\\u200b\"");
  BOOST_TEST(quoted("\U000E0041") == "\"\\udb40\\udc41\"");
}

BOOST_AUTO_TEST_CASE(invalid_bytes_become_the_replacement_character) { BOOST_TEST(quoted("a\xff") == "\"a\uFFFD\""); }

BOOST_AUTO_TEST_CASE(commas_and_line_ends_are_placed_by_the_writer) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member("a", "x").key("b").begin_array().integer(1).null().end_array().key("c").begin_object().end_object().end_object();
  BOOST_TEST(out == "{\n  \"a\": \"x\",\n  \"b\": [\n    1,\n    null\n  ],\n  \"c\": {}\n}");
}

BOOST_AUTO_TEST_CASE(empty_members_can_be_left_out) {
  std::string out;
  JsonWriter(out).begin_object().member_if("a", "").member_if("b", "x").end_object();
  BOOST_TEST(out == "{\"b\":\"x\"}");
}

BOOST_AUTO_TEST_SUITE_END()
