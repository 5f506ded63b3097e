// Rules of the YAML writer beyond the recordings: what Go's writer cannot do, and what isvcc adds.
#include <boost/test/unit_test.hpp>

#include "emit/yaml_writer.h"
#include "support/json_text.h"

using namespace isvcc;

static std::string yaml(const std::string& json) {
  Arena arena;
  std::string out;
  write_yaml(out, test::read_json(json, arena));
  return out;
}

static std::string yaml_text(std::string_view text) {
  Arena arena;
  std::string out;
  write_yaml(out, Make(arena).text(text));
  return out;
}

BOOST_AUTO_TEST_SUITE(yaml_writer)

BOOST_AUTO_TEST_CASE(characters_that_go_cannot_write_are_escaped) {
  BOOST_TEST(yaml_text("a\x7f") == "\"a\\x7F\"\n");
  BOOST_TEST(yaml_text("\u0080") == "\"\\x80\"\n");
  BOOST_TEST(yaml_text("a\u0085b") == "\"a\\Nb\"\n");
  BOOST_TEST(yaml_text("\uFFFF") == "\"\\uFFFF\"\n");
}

BOOST_AUTO_TEST_CASE(invalid_utf8_becomes_the_replacement_character) {
  BOOST_TEST(yaml_text("a\xff\xc3") == "a\uFFFD\uFFFD\n");
  BOOST_TEST(yaml_text("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD\n");
}

BOOST_AUTO_TEST_CASE(text_is_appended_to_what_is_there) {
  Arena arena;
  std::string out = "# a first line\n";
  write_yaml(out, test::read_json("{\"a\":1}", arena));
  BOOST_TEST(out == "# a first line\na: 1\n");
}

BOOST_AUTO_TEST_CASE(one_character_anywhere_in_a_word_decides_how_it_is_written) {
  for (size_t size = 1; size <= 50; ++size)
    for (size_t at = 0; at < size; ++at) {
      auto with = [&](char c) { return std::string(at, 'x') + c + std::string(size - at - 1, 'x'); };
      BOOST_REQUIRE(yaml_text(with('z')) == with('z') + "\n");
      BOOST_REQUIRE(yaml_text(with('\x01')) == "\"" + std::string(at, 'x') + "\\x01" + std::string(size - at - 1, 'x') + "\"\n");
      BOOST_REQUIRE(yaml_text(with('\x7F')) == "\"" + std::string(at, 'x') + "\\x7F" + std::string(size - at - 1, 'x') + "\"\n");
      BOOST_REQUIRE(yaml_text(with('\xFF')) == std::string(at, 'x') + "\uFFFD" + std::string(size - at - 1, 'x') + "\n");
      const bool outside = at == 0 || at + 1 == size;
      BOOST_REQUIRE(yaml_text(with(' ')) == (outside ? "'" + with(' ') + "'\n" : with(' ') + "\n"));
    }
}

BOOST_AUTO_TEST_CASE(quotes_are_doubled_among_words) { BOOST_TEST(yaml_text("- don't say 'no' here") == "'- don''t say ''no'' here'\n"); }

BOOST_AUTO_TEST_CASE(texts_in_one_arena_stay_whole_whatever_their_sizes) {
  Arena arena(1024), values;
  const Make make(values);
  std::vector<std::pair<std::string_view, std::string>> written;
  for (size_t size : {1U, 100U, 40'000U, 3U, 300'000U, 5'000'000U, 20U}) {
    const std::string word(size, static_cast<char>('a' + written.size()));
    written.emplace_back(print_yaml(make.text(word), arena), word + "\n");
    arena.allocate(3);
  }
  for (const auto& [text, expected] : written) BOOST_TEST((text == expected), expected.size() << " bytes");
}

BOOST_AUTO_TEST_CASE(an_absent_value_is_null) {
  std::string out;
  write_yaml(out, View());
  BOOST_TEST(out == "null\n");
}

BOOST_AUTO_TEST_CASE(of_a_repeated_key_the_last_counts) { BOOST_TEST(yaml("{\"a\":1,\"b\":2,\"a\":3}") == "a: 3\nb: 2\n"); }

BOOST_AUTO_TEST_CASE(the_value_of_a_long_key_stands_after_its_colon) {
  const std::string key(129, 'k');
  BOOST_TEST(yaml("{\"" + key + "\":{\"a\":1,\"b\":[2]}}") == "? " + key + "\n: a: 1\n  b:\n  - 2\n");
  BOOST_TEST(yaml("{\"" + key + "\":[1,{\"b\":2,\"c\":3}]}") == "? " + key + "\n: - 1\n  - b: 2\n    c: 3\n");
}

BOOST_AUTO_TEST_CASE(lines_are_folded_by_characters_not_bytes) {
  const std::string word(60, 'x');
  const std::string umlauts = "ü" + std::string(10, 'x');
  BOOST_TEST(yaml_text(word + " " + umlauts + umlauts + " y z") == word + " " + umlauts + umlauts + "\n  y z\n");
}

BOOST_AUTO_TEST_CASE(integers_keep_every_digit) {
  BOOST_TEST(yaml("[-9223372036854775808, 18446744073709551615]") == "- -9223372036854775808\n- 18446744073709551615\n");
}

BOOST_AUTO_TEST_CASE(deep_values_are_written) {
  std::string json, expected;
  for (int i = 0; i < 200; ++i) json += "[";
  json += "1";
  for (int i = 0; i < 200; ++i) json += "]", expected += "- ";
  BOOST_TEST(yaml(json) == expected + "1\n");
}

// What a small Go program with gopkg.in/yaml.v3 and SetIndent(2) printed for the same value.
BOOST_AUTO_TEST_CASE(go_yaml_indents_lists_and_folds_nothing) {
  Arena arena;
  const Make make(arena);
  const std::string words(60, 'a');
  std::string out;
  write_yaml(out, make.map({{"list", make.list({make.text("yes"), make.map({{"deep", make.texts({"x"})}, {"n", make.integer(1)}})})}, {"long", make.text(words + " " + words)}, {"text", make.text("a\nb\n")}}), YamlStyle::GoYaml);
  BOOST_TEST(out == "list:\n  - \"yes\"\n  - deep:\n      - x\n    \"n\": 1\nlong: " + words + " " + words + "\ntext: |\n  a\n  b\n");
}

BOOST_AUTO_TEST_SUITE_END()
