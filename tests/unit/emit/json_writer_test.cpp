// JSON output: sorted by bytes, compact or indented.
#include <boost/test/unit_test.hpp>

#include "emit/yaml_writer.h"
#include "support/json_text.h"

using namespace isvcc;

static std::string json(const std::string& text, int indent = 0) {
  Arena arena;
  std::string out;
  write_json(out, test::read_json(text, arena), indent);
  return out;
}

BOOST_AUTO_TEST_SUITE(json_writer)

BOOST_AUTO_TEST_CASE(keys_are_in_byte_order) { BOOST_TEST(json("{\"b\":1,\"a10\":2,\"a2\":3,\"B\":4}") == "{\"B\":4,\"a10\":2,\"a2\":3,\"b\":1}"); }

BOOST_AUTO_TEST_CASE(indented_output_keeps_empty_collections_on_one_line) {
  BOOST_TEST(json("{\"a\":[1,{}],\"b\":[]}", 2) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

BOOST_AUTO_TEST_CASE(numbers_are_as_go_writes_them) { BOOST_TEST(json("[1,1.5,1e21,1e-7,18446744073709551615]") == "[1,1.5,1e+21,1e-7,18446744073709551615]"); }

BOOST_AUTO_TEST_CASE(of_a_repeated_key_the_last_counts) { BOOST_TEST(json("{\"a\":1,\"a\":2}") == "{\"a\":2}"); }

BOOST_AUTO_TEST_CASE(an_absent_value_is_null) {
  std::string out;
  write_json(out, View());
  BOOST_TEST(out == "null");
}

BOOST_AUTO_TEST_SUITE_END()
