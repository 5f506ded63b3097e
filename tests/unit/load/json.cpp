// JSON is read strictly: RFC 8259, no more.
#include <boost/test/unit_test.hpp>

#include "unit/load/reading.h"

using namespace isvcc;
using namespace isvcc::test;
using namespace std::string_literals;

namespace {
std::string only(const Reading& r) { return r.refusals() > 0 ? "refused" : r.documents.size() == 1 ? brief(r.first(), 1000) : cat(r.documents.size(), " values"); }

std::string number(std::string_view text) {
  const Reading r = read_json_text(text);
  return r.documents.empty() ? "refused" : number_text(*r.documents[0]);
}

std::string repeat(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(values_of_every_kind) {
  BOOST_CHECK_EQUAL(only(read_json_text(R"( {"a": [1, -2.5, true, false, null, "x"], "b": {}, "c": []} )")), R"({"a":[1,-2.5,true,false,null,"x"],"b":{},"c":[]})");
  BOOST_CHECK_EQUAL(only(read_json_text("\xEF\xBB\xBF{}")), "{}");
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused) {
  for (const std::string& text : {"{"s, "["s, "[1,]"s, "{\"a\":1,}"s, "[,1]"s, "[1 2]"s, "{a:1}"s, "{'a':1}"s, "{\"a\" 1}"s, "{\"a\":}"s, "{1:2}"s, "[01]"s, "[1.]"s, "[.5]"s, "[+1]"s,
                                  "[1e]"s, "[-]"s, "[NaN]"s, "[Infinity]"s, "[tru]"s, "[nul]"s, "\"a"s, "\"a\\"s, "\"\\x41\""s, "\"\\u12\""s, "\"a\tb\""s, "\"a\nb\""s, "// c\n1"s, "[1] x"s, "{} }"s, "]"s,
                                  "\"\\ud83d\""s, "\"\\ud83dx\""s, "\"\\ude00\""s, "\"\\ud83d\\u0041\""s, "\"\xFF\""s, "[1\0]"s, "{\"a\":1 \"b\":2}"s, "{\"a\":1]"s, "[1}"s, "{\"a\"}"s, "\xC2\xA0""1"s})
    BOOST_TEST_CONTEXT(text) BOOST_CHECK_GT(read_json_text(text).refusals(), 0);
}

BOOST_AUTO_TEST_CASE(the_place_of_the_mistake_is_told) {
  const Reading r = read_json_text("{\n  \"a\": [1, 2,\n}");
  BOOST_CHECK_EQUAL(r.the(Code::InvalidJson).span.begin, 16);
  BOOST_CHECK_EQUAL(r.the(Code::InvalidJson).message, "'}' where a value is expected");
  BOOST_CHECK_EQUAL(read_json_text("[1").the(Code::InvalidJson).message, "the text ends where a comma or ']' is expected");
}

BOOST_AUTO_TEST_CASE(numbers_keep_their_value) {
  BOOST_CHECK_EQUAL(number("9223372036854775807"), "9223372036854775807");
  BOOST_CHECK_EQUAL(number("9223372036854775808"), "9223372036854775808");
  BOOST_CHECK_EQUAL(number("18446744073709551615"), "18446744073709551615");
  BOOST_CHECK_EQUAL(number("18446744073709551616"), "18446744073709552000");
  BOOST_CHECK_EQUAL(number("-9223372036854775808"), "-9223372036854775808");
  BOOST_CHECK_EQUAL(number("-9223372036854775809"), "-9223372036854776000");
  BOOST_CHECK_EQUAL(number("1.0"), "1");
  BOOST_CHECK_EQUAL(number("1e3"), "1000");
  BOOST_CHECK_EQUAL(number("1E400"), "refused");
  BOOST_CHECK_EQUAL(number("1e-400"), "0");
  BOOST_CHECK_EQUAL(number("0.1"), "0.1");
  BOOST_CHECK_EQUAL(number("1e21"), "1e+21");
  BOOST_CHECK_EQUAL(number("-0.0"), "-0");
}

BOOST_AUTO_TEST_CASE(strings_are_decoded) {
  BOOST_CHECK(read_json_text(R"("\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00")").first().text() == "\"\\/\b\f\n\r\té😀");
  BOOST_CHECK(read_json_text("\"\\u0000\"").first().text() == "\0"s);
}

BOOST_AUTO_TEST_CASE(streams_are_read_to_the_first_mistake) {
  BOOST_CHECK_EQUAL(read_json_text("{}{} 1\n\"x\" null").documents.size(), 4);
  const Reading r = read_json_text("{\"a\":1} {\"b\" {\"c\":3}");
  BOOST_CHECK_EQUAL(r.documents.size(), 1);
  BOOST_CHECK_EQUAL(r.errors(), 1);
}

BOOST_AUTO_TEST_CASE(duplicate_keys_are_told_and_the_last_one_wins) {
  const Reading r = read_json_text(R"({"a":1,"b":2,"a":3})");
  BOOST_CHECK_EQUAL(brief(r.first()), R"({"a":3,"b":2})");
  const Diagnostic& d = r.the(Code::DuplicateKey);
  BOOST_CHECK(d.stage == Stage::Strict);
  BOOST_CHECK_EQUAL(d.span.begin, 13);
  BOOST_REQUIRE_EQUAL(d.labels.size(), 1);
  BOOST_CHECK_EQUAL(d.labels[0].span.begin, 1);
}

BOOST_AUTO_TEST_CASE(limits_hold) {
  BOOST_CHECK_EQUAL(read_json_text(repeat("[", 200) + repeat("]", 200)).errors(), 0);
  BOOST_CHECK(read_json_text(repeat("[", 201) + repeat("]", 201)).has(Code::LimitExceeded));
  BOOST_CHECK(read_json_text(repeat("[", 1'000'000)).has(Code::LimitExceeded));
  BOOST_CHECK(read_json_text("{\"" + repeat("k", 1025) + "\":1}").has(Code::LimitExceeded));
  BOOST_CHECK(read_json_text("\"" + repeat("x", (4 << 20) + 1) + "\"").has(Code::LimitExceeded));
  BOOST_CHECK(read_json_text("[" + repeat("1,", 1'000'000) + "1]").has(Code::LimitExceeded));
  BOOST_CHECK_GT(read_json_text(repeat("9", 10'000'000)).errors(), 0);
}

BOOST_AUTO_TEST_CASE(trusted_text_is_one_value) {
  Arena arena;
  std::string error;
  BOOST_CHECK(parse_json("[1]", arena, &error) && error.empty());
  BOOST_CHECK(View(parse_json("null", arena)).is_null());
  BOOST_CHECK(!parse_json("{} {}", arena, &error) && error == "more than one value");
  BOOST_CHECK(!parse_json("[1,\n]", arena, &error));
  BOOST_CHECK_EQUAL(error, "line 2: ']' where a value is expected");
  BOOST_CHECK(!parse_json("", arena, &error) && !error.empty());
  BOOST_CHECK(View(parse_yaml("", arena, &error)).is_null() && error.empty());
  BOOST_CHECK(!parse_yaml("a: [", arena, &error) && !error.empty());
  BOOST_CHECK_EQUAL(brief(parse_yaml("a: yes", arena)), R"({"a":true})");
}

BOOST_AUTO_TEST_SUITE_END()
