// JSON text as Go's encoding/json writes and refuses it.
#include <boost/test/unit_test.hpp>

#include "ops/go_json.h"
#include "ops/go_json_reader.h"
#include "ops/go_order.h"
#include "support/json_text.h"

using namespace isvcc;

static std::string refusal(std::string_view text) {
  Arena arena;
  std::string error;
  BOOST_TEST(!read_go_json(text, arena, error), text);
  return error;
}

static std::string again(std::string_view text) {
  Arena arena;
  std::string error;
  return go_json(read_go_json(text, arena, error));
}

BOOST_AUTO_TEST_SUITE(go_json_text)

BOOST_AUTO_TEST_CASE(html_characters_and_line_separators_are_escaped) {
  Arena arena;
  const Make make(arena);
  BOOST_TEST(go_json(make.text("<a>&\"\\\b\f\n\r\t\x01\x7f é\u2028😀")) == "\"\\u003ca\\u003e\\u0026\\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f é\\u2028😀\"");
  BOOST_TEST(go_json(make.text("a\xff")) == "\"a\\ufffd\"");
}

BOOST_AUTO_TEST_CASE(keys_stay_in_stored_order_until_sorted) {
  Arena arena;
  const View value = test::read_json(R"({"b":1,"a":[{"d":null,"c":1.5}]})", arena);
  BOOST_TEST(go_json(value) == R"({"b":1,"a":[{"d":null,"c":1.5}]})");
  const Node* sorted = sorted_keys(value, arena);
  BOOST_TEST(go_json(sorted) == R"({"a":[{"c":1.5,"d":null}],"b":1})");
  BOOST_TEST(sorted_keys(sorted, arena) == sorted);
}

BOOST_AUTO_TEST_CASE(struct_fields_come_as_declared_and_map_keys_sorted) {
  Arena arena;
  const View container = test::read_json(R"({"resources":{"limits":{"memory":"1","cpu":"2"}},"args":["x"],"name":"c","zz":1})", arena);
  const Node* ordered = in_go_order(container, *builtin_schemas("v0.20.0").type("Container"), arena);
  BOOST_TEST(go_json(ordered) == R"({"name":"c","args":["x"],"resources":{"limits":{"cpu":"2","memory":"1"}},"zz":1})");
  BOOST_TEST(in_go_order(ordered, *builtin_schemas("v0.20.0").type("Container"), arena) == ordered);
}

BOOST_AUTO_TEST_CASE(text_is_read_back) {
  BOOST_TEST(again(R"( {"a": [1, -2.5e3, true, null, "\u0041\ud83d\ude00\ud800x\/"], "a": {}} )") == R"({"a":[1,-2500,true,null,"A😀�x/"],"a":{}})");
}

BOOST_AUTO_TEST_CASE(the_end_inside_a_word_counts_as_a_blank) {
  BOOST_TEST(refusal("{\"a\": tru") == "invalid character ' ' in literal true (expecting 'e')");
  BOOST_TEST(refusal("[-") == "invalid character ' ' in numeric literal");
  BOOST_TEST(refusal("\"a\\") == "invalid character ' ' in string escape code");
}

BOOST_AUTO_TEST_CASE(refusals_are_gos) {
  BOOST_TEST(refusal("") == "unexpected end of JSON input");
  BOOST_TEST(refusal("{\"a\":1") == "unexpected end of JSON input");
  BOOST_TEST(refusal("{a:1}") == "invalid character 'a' looking for beginning of object key string");
  BOOST_TEST(refusal("{\"a\" 1}") == "invalid character '1' after object key");
  BOOST_TEST(refusal("{\"a\":1 \"b\":2}") == "invalid character '\"' after object key:value pair");
  BOOST_TEST(refusal("[1 2]") == "invalid character '2' after array element");
  BOOST_TEST(refusal("[1]]") == "invalid character ']' after top-level value");
  BOOST_TEST(refusal("[,]") == "invalid character ',' looking for beginning of value");
  BOOST_TEST(refusal("\"a\nb\"") == "invalid character '\\n' in string literal");
  BOOST_TEST(refusal("\"\\q\"") == "invalid character 'q' in string escape code");
  BOOST_TEST(refusal("\"\\u12x4\"") == "invalid character 'x' in \\u hexadecimal character escape");
  BOOST_TEST(refusal("trux") == "invalid character 'x' in literal true (expecting 'e')");
  BOOST_TEST(refusal("-x") == "invalid character 'x' in numeric literal");
  BOOST_TEST(refusal("1.x") == "invalid character 'x' after decimal point in numeric literal");
  BOOST_TEST(refusal("1ex") == "invalid character 'x' in exponent of numeric literal");
  BOOST_TEST(refusal("'a'") == "invalid character '\\'' looking for beginning of value");
  BOOST_TEST(refusal("é") == "invalid character 'Ã' looking for beginning of value");
  BOOST_TEST(refusal(std::string(100000, '[')) == "exceeded max depth");
}

BOOST_AUTO_TEST_SUITE_END()
