// Inputs that hang, blow up or mislead other readers: refused at once, or read as Kubernetes reads them.
#include <boost/test/unit_test.hpp>

#include "unit/load/reading.h"

using namespace isvcc;
using namespace isvcc::test;
using namespace std::string_literals;

namespace {

std::string repeat(std::string_view piece, size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::string numbered(std::string_view before, std::string_view after, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += cat(before, i, after);
  return out;
}

std::string nested(std::string_view open, std::string_view close, size_t depth) { return repeat(open, depth) + repeat(close, depth); }

// Nine aliases to nine aliases …: 9^levels values.
std::string alias_bomb(size_t levels) {
  std::string out = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (size_t i = 1; i < levels; ++i) out += cat("a", i, ": &a", i, " [", repeat(cat("*a", i - 1, ","), 8), "*a", i - 1, "]\n");
  return out;
}

struct Case {
  std::string name, text;
  std::string json;  // the first document; empty: refused
};

void check(const std::vector<Case>& cases, const std::vector<YamlParser>& parsers = all_parsers()) {
  for (YamlParser parser : parsers)
    for (const Case& c : cases) {
      const Reading r = read(c.text, parser);
      BOOST_TEST_CONTEXT(name_of(parser) << ": " << c.name << " gives " << r.summary().substr(0, 300)) {
        BOOST_CHECK_EQUAL(r.refusals() > 0, c.json.empty());
        if (c.json.empty()) continue;
        Arena arena;
        if (c.json == "nothing") BOOST_CHECK(r.documents.empty());
        else if (c.json != "anything") BOOST_CHECK(equal(r.first(), parse_json(c.json, arena)));
      }
    }
}

const std::vector<YamlParser> kLibYaml = {YamlParser::Fast, YamlParser::LibYaml};

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_yaml)

BOOST_AUTO_TEST_CASE(encodings_and_bytes) {
  check({
      {"an empty file", "", "nothing"},
      {"only comments", "# a\n  # b\n", "nothing"},
      {"only separators", "---\n---\n---\n", "nothing"},
      {"one comma", ",", ""},
      {"two quoted texts", R"("foo","bar")", ""},
      {"a comma after a list", "- a\n,", ""},
      {"a comma after a separator", "---\n,", ""},
      {"a byte order mark", "\xEF\xBB\xBF" "a: 1\n", R"({"a":1})"},
      {"a byte order mark alone", "\xEF\xBB\xBF", "nothing"},
      {"a byte order mark in the middle", "a: 1\n\xEF\xBB\xBF" "b: 2\n", ""},
      {"a byte order mark after a separator", "a: 1\n---\n\xEF\xBB\xBF" "b: 2\n", ""},
      {"a byte order mark inside a value", "a: x\xEF\xBB\xBFy\n", "{\"a\":\"x\xEF\xBB\xBFy\"}"},
      {"UTF-16 little-endian", "\xFF\xFE" "a\0:\0 \0\x31\0\n\0"s, R"({"a":1})"},
      {"UTF-16 big-endian", "\xFE\xFF\0a\0:\0 \0\x31"s, R"({"a":1})"},
      {"UTF-16 with an odd length", "\xFF\xFE" "a\0:\0 \0\x31"s, ""},
      {"UTF-16 with half a pair", "\xFF\xFE\x3D\xD8"s, ""},
      {"UTF-16 without a mark", "a\0:\0 \0\x31\0\n\0"s, ""},
      {"byte FF in a value", "a: x\xFFy\n", ""},
      {"byte FF in a key", "a\xFF: 1\n", ""},
      {"byte FF in a comment", "a: 1 # \xFF\n", ""},
      {"an overlong sequence", "a: \xC0\x80\n", ""},
      {"an encoded surrogate", "a: \xED\xA0\x80\n", ""},
      {"a truncated sequence", "a: \xE6\x97\n", ""},
      {"a truncated sequence at the end", "a: \xE6\x97", ""},
      {"beyond U+10FFFF", "a: \xF4\x90\x80\x80\n", ""},
      {"NUL in a value", "a: x\0y\n"s, ""},
      {"NUL at the end", "a: x\n\0"s, ""},
      {"U+0001 in quotes", "a: \"x\x01y\"\n", ""},
      {"ESC in a comment", "a: 1 # \x1B[31m\n", ""},
      {"DEL", "a: x\x7Fy\n", ""},
      {"U+0080", "a: x\xC2\x80y\n", ""},
      {"U+FFFE", "a: x\xEF\xBF\xBEy\n", ""},
      {"CRLF", "a: 1\r\nb:\r\n- x\r\n", R"({"a":1,"b":["x"]})"},
      {"CRLF around separators", "a: 1\r\n---\r\nb: 2\r\n", R"({"a":1})"},
      {"no line end at the end", "a:\n  b: 1", R"({"a":{"b":1}})"},
      {"a mebibyte of blanks", repeat(" ", 1 << 20), "nothing"},
      {"a mebibyte of line ends", repeat("\n", 1 << 20), "nothing"},
      {"a tab indents", "a:\n\tb: 1\n", ""},
      {"a tab follows a dash", "a:\n-\tb\n", ""},
      {"a tab follows a colon", "a:\tb\n", R"({"a":"b"})"},
      {"a tab before a comment", "a: b\t# c\n", R"({"a":"b"})"},
      {"a tab at the end of a line", "a: b\t\n", R"({"a":"b"})"},
      {"a pair of surrogate escapes in YAML", R"(a: "\ud83d\ude00")", ""},
      {"an escaped slash in YAML", R"(a: "\/")", ""},
      {"an escaped slash in JSON", R"({"a": "\/"})", R"({"a":"/"})"},
  });
  check({{"a mebibyte of tabs", repeat("\t", 1 << 20), ""},
         {"CR only", "a: 1\rb: 2\r", R"({"a":1,"b":2})"},
         {"NEL", "a: 1\xC2\x85" "b: 2\n", R"({"a":1,"b":2})"},
         {"LS", "a: 1\xE2\x80\xA8" "b: 2\n", R"({"a":1,"b":2})"}},
        kLibYaml);
}

BOOST_AUTO_TEST_CASE(sizes_and_shapes) {
  check({
      {"200 lists", nested("[", "]", 200), "anything"},
      {"201 lists", nested("[", "]", 201), ""},
      {"200 maps and lists", nested("[{a: ", "}]", 100), "anything"},
      {"100,000 opening brackets", repeat("[", 100'000), ""},
      {"100,000 opening brackets on lines", repeat("[\n", 100'000), ""},
      {"100,000 opening braces", repeat("{a: ", 100'000), ""},
      {"100,000 opening JSON braces", repeat("{\"a\":", 100'000), ""},
      {"100,000 dashes", repeat("- ", 100'000), ""},
      {"100,000 question marks", repeat("? ", 100'000), ""},
      {"an alias bomb of 9^4", alias_bomb(4), ""},
      {"an alias bomb of 9^9", alias_bomb(9), ""},
      {"10,000 aliases to one map", "a: &x {b: 1}\nc: [" + repeat("*x, ", 9'999) + "*x]\n", "anything"},
      {"a list that contains itself", "&x [*x]", ""},
      {"a map that contains itself", "&x {b: *x}", ""},
      {"a merge of itself", "a: &x\n  <<: *x\n", ""},
      {"a key of 1,025 bytes", repeat("k", 1025) + ": 1\n", ""},
      {"a question mark and a key of 2,000 bytes", "? " + repeat("k", 2000) + "\n: 1\n", ""},
      {"a quoted key of 1,025 bytes", "\"" + repeat("k", 1025) + "\": 1\n", ""},
      {"a value of 4 MiB and a byte", "a: " + repeat("x", (4 << 20) + 1), ""},
      {"a quoted value of 4 MiB and a byte", "a: '" + repeat("x", (4 << 20) + 1) + "'", ""},
      {"a block value of 5 MiB", "a: |\n" + repeat("  xxxxxxx\n", 5 << 17), ""},
      {"a quote of 8 MiB without an end", "a: \"" + repeat("x ", 4 << 20), ""},
      {"200,000 keys", numbered("k", ": 1\n", 200'000), "anything"},
      {"200,000 anchors", numbered("- &a", " x\n", 200'000), "anything"},
      {"a million comments", repeat("# c\n", 1'000'000) + "a: 1\n", R"({"a":1})"},
      {"a line of words", "a: '" + repeat("word ", 200'000) + "'\n", "anything"},
  });
  check({{"more than a million values", "[" + repeat("1,", 1'000'001) + "]", ""},
         {"many colons", repeat("x:", 500'000), ""}}, kLibYaml);
}

BOOST_AUTO_TEST_CASE(a_refusal_for_size_names_its_limit_and_flag) {
  const std::pair<std::string, std::string> kCases[] = {{nested("[", "]", 201), "--max-depth"},
                                                        {"a: " + repeat("x", (4 << 20) + 1), "--max-scalar-size"},
                                                        {"? " + repeat("k", 2000) + "\n: 1\n", "--max-key-size"},
                                                        {"[" + repeat("1,", 1'000'001) + "]", "--max-nodes"}};
  for (const auto& [text, flag] : kCases) {
    const Reading r = read(text);
    BOOST_TEST_CONTEXT(flag) BOOST_CHECK(starts_with(r.the(Code::LimitExceeded).hint, flag));
  }
  BOOST_CHECK(read(alias_bomb(9)).has(Code::ExcessiveAliasing));
}

BOOST_AUTO_TEST_CASE(limits_can_be_raised) {
  Limits limits;
  limits.depth = 300;
  limits.key_bytes = 4000;
  BOOST_CHECK_EQUAL(read(nested("[", "]", 201), YamlParser::Fast, limits).refusals(), 0);
  BOOST_CHECK_EQUAL(read("? " + repeat("k", 2000) + "\n: 1\n", YamlParser::Fast, limits).refusals(), 0);
}

BOOST_AUTO_TEST_CASE(many_small_documents) {
  const Reading r = read(repeat("a: 1\n---\n", 100'000));
  BOOST_CHECK_EQUAL(r.documents.size(), 100'000);
  BOOST_CHECK_EQUAL(r.errors(), 0);
}

BOOST_AUTO_TEST_CASE(a_file_of_broken_documents_is_given_up) {
  const Reading r = read(repeat("]\n---\n", 10'000));
  BOOST_CHECK_EQUAL(r.errors(), 101);
}

BOOST_AUTO_TEST_CASE(findings_do_not_fill_the_memory_and_none_hides_an_error) {
  const Reading warnings = read(repeat("a: yes\n---\n", 5'000) + "a: 1\na: 2\n");
  BOOST_CHECK_LT(warnings.diags.all().size(), 1'200);
  BOOST_CHECK(warnings.has(Code::DuplicateKey));
  BOOST_CHECK_LT(read(repeat("{a: 1, a: 2}\n---\n", 5'000)).diags.all().size(), 1'200);
  BOOST_CHECK_LT(read_json_text(repeat(R"({"a":1,"a":2})", 5'000)).diags.all().size(), 1'200);
  // A document with more replaced merged keys than are kept.
  std::string merges = "x: &x {" + numbered("k", ": 1, ", 200) + "z: 1}\nw:\n  <<: *x\n" + numbered("  k", ": 2\n", 200) + "  z: 3\n  a: 1\n  a: 2\n";
  BOOST_CHECK(read(merges).has(Code::DuplicateKey));
}

BOOST_AUTO_TEST_CASE(long_lines_of_dashes_take_no_time) {
  BOOST_CHECK_EQUAL(read("a: x\n  " + repeat("--- ", 500'000) + "\n").refusals(), 0);
  BOOST_CHECK_EQUAL(read("[" + repeat("[],", 100'000) + "[]]", YamlParser::YamlCpp).refusals(), 0);
}

BOOST_AUTO_TEST_CASE(documents) {
  check({
      {"anchors do not reach into the next document", "a: &x 1\n---\nb: *x\n", ""},
      {"a broken second document", "a: 1\n---\nb: [\n", ""},
      {"text behind a separator", "a: 1\n--- {b: 2}\n", ""},
      {"four dashes", "a: 1\n----\nb: 2\n", ""},
      {"a tag behind a separator", "--- !!map\na: 1\n", ""},
      {"a comment behind a separator", "--- # c\na: 1\n", R"({"a":1})"},
      {"an indented separator", "a: 1\n ---\nb: 2\n", R"({"a":"1 ---","b":2})"},
      {"a list, then a map", "- 1\na: 1\n", ""},
      {"two texts", R"("a" "b")", ""},
      {"a list, then text", "[a] b\n", ""},
      {"text behind the end mark", "a: 1\n...\nb: 2\n", ""},
      {"a comment behind the end mark", "a: 1\n...\n# c\n", R"({"a":1})"},
      {"%YAML 1.2", "%YAML 1.2\n---\na: 1\n", ""},
      {"%YAML 2.0", "%YAML 2.0\n---\na: 1\n", ""},
      {"%FOO", "%FOO\n---\na: 1\n", ""},
      {"%YAML 1.1", "%YAML 1.1\n---\na: yes\n", R"({"a":true})"},
      {"a directive without a document", "%YAML 1.1\n", ""},
      {"a JSON stream on one line", R"({"a":1}{"b":2})", R"({"a":1})"},
      {"JSON, then YAML", "{\"a\":1}\n---\nb: 2\n", R"({"a":1})"},
      {"a single quote without an end", "a: 'b\n", ""},
      {"a double quote without an end", "a: \"b\nc: d\n", ""},
      {"a bracket without an end", "a: [1\n", ""},
      {"a brace without an end", "a: {b: 1\n", ""},
      {"two colons", "a: b: c\n", ""},
      {"a bad dedent", "a:\n    b: 1\n  c: 2\n", ""},
      {"a map, then a list", "a: 1\n- 1\n", ""},
      {"two commas", "[1,,2]", ""},
      {"a leading comma", "[,1]", ""},
      {"a value at the indentation of its key", "a:\nb\n", ""},
  });
}

BOOST_AUTO_TEST_CASE(keys_tags_and_scalars) {
  check({
      {"a null key", "~: 1\n", ""},
      {"an empty key", ": 1\n", ""},
      {"a list as key", "? [a]\n: 1\n", ""},
      {"a map as key", "? {a: 1}\n: 1\n", ""},
      {"a huge integer as key", "18446744073709551615: 1\n", ""},
      {"a merge of a number", "a:\n  <<: 1\n", ""},
      {"a merge of a list of numbers", "a:\n  <<: [1]\n", ""},
      {"a merge of an alias to a list", "x: &x [{a: 1}]\nw:\n  <<: *x\n", ""},
      {"a merge of nothing", "a:\n  <<:\n", ""},
      {"a merge before own keys", "x: &x {a: 1, b: 2}\nw: {<<: *x, b: 3}\n", R"({"x":{"a":1,"b":2},"w":{"a":1,"b":3}})"},
      {"a merge behind own keys", "x: &x {a: 1, b: 2}\nw: {b: 3, <<: *x}\n", R"({"x":{"a":1,"b":2},"w":{"b":2,"a":1}})"},
      {"a quoted merge key", "w: {\"<<\": {a: 1}}\n", R"({"w":{"<<":{"a":1}}})"},
      {"a Python tag", "a: !!python/object:os.system ls\n", ""},
      {"a custom tag", "a: !custom x\n", ""},
      {"a custom tag on a map", "a: !custom {x: 1}\n", ""},
      {"a verbatim tag", "a: !<x> 1\n", ""},
      {"a quote right behind a tag", "a: !\"x\\_\"\n", ""},
      {"a text right behind a tag", "!\"\\a\\_\"", ""},
      {"a block right behind a tag", "a: !|\n  b\n", ""},
      {"a tag that says nothing", "a: ! \"x\"\n", R"({"a":"x"})"},
      {"binary", "a: !!binary aGVsbG8=\n", R"({"a":"hello"})"},
      {"broken binary", "a: !!binary \"!!\"\n", ""},
      {"a date that is none", "a: !!timestamp a\n", ""},
      {"an integer that is none", "a: !!int x\n", ""},
      {"a set", "a: !!set {p, q}\n", R"({"a":{"p":null,"q":null}})"},
      {"infinity", "a: .inf\n", ""},
      {"not a number", "a: .nan\n", ""},
      {"beyond infinity", "a: 1e309\n", R"({"a":"1e309"})"},
      {"an octal mode", "a: 0644\n", R"({"a":420})"},
      {"a template value", "a: {{ .Name }}\n", ""},
  });
}

BOOST_AUTO_TEST_CASE(duplicate_keys_are_found_wherever_they_are) {
  const std::string kCases[] = {"a: 1\na: 2\n",           "x:\n  a: 1\n  a: 2\n",     "{a: 1, a: 2}\n",      "{\"a\": 1, \"a\": 2}", "1: a\n0x1: b\n",
                                "1: a\n'1': b\n",         "yes: a\ntrue: b\n",        "- a: 1\n  a: 2\n",    "'a': 1\n\"a\": 2\n",
                                numbered("k", ": 1\n", 500) + "k7: 2\n"};
  for (YamlParser parser : all_parsers())
    for (const std::string& text : kCases) {
      const Reading r = read(text, parser);
      BOOST_TEST_CONTEXT(name_of(parser) << ": " << text.substr(0, 60) << " gives " << r.summary().substr(0, 200)) {
        BOOST_CHECK(r.has(Code::DuplicateKey));
        BOOST_CHECK_EQUAL(r.documents.size(), 1);
      }
    }
}

BOOST_AUTO_TEST_SUITE_END()
