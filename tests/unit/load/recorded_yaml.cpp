// Everything recorded of sigs.k8s.io/yaml and of the stream decoder of apimachinery, through every parser.
#include <boost/test/unit_test.hpp>

#include "load/base64.h"
#include "load/scalar.h"
#include "support/files.h"
#include "unit/load/differences.h"
#include "unit/load/reading.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

struct Recording {
  Arena arena;
  View cases;
  explicit Recording(const std::string& name) : cases(parse_json(fixture("yaml/" + name), arena)) { BOOST_REQUIRE(cases.is_list()); }
};

// Numbers are compared as the texts they are printed as.
bool is_json(View value, std::string_view json, Arena& arena) {
  if (value.is_number()) return number_text(*value.node()) == json;
  return equal(value, parse_json(json, arena));
}

bool has_other_line_end(std::string_view text) {
  for (std::string_view end : kOtherLineEnds)
    if (contains(text, end)) return true;
  return false;
}

std::string text_of(View test) { return test["yamlBase64"] ? *decode_base64(test["yamlBase64"].text()) : std::string(test["yaml"].text()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(recorded_yaml)

BOOST_AUTO_TEST_CASE(scalars_have_the_recorded_type_and_value) {
  Recording recording("resolve.json");
  for (YamlParser parser : all_parsers())
    for (View test : recording.cases.items()) {
      const std::string_view text = test["text"].text();
      if (parser == YamlParser::YamlCpp && has_other_line_end(text)) continue;
      const Reading r = read(cat("v: ", text, "\n"), parser);
      BOOST_TEST_CONTEXT(name_of(parser) << ": v: " << text << " gives " << r.summary()) {
        const bool refused = test["type"].text() == "error" || find(kValueDifferences, text);
        BOOST_CHECK_EQUAL(r.refusals() > 0, refused);
        if (!refused) BOOST_CHECK(is_json(r.first()["v"], test["json"].text(), recording.arena));
      }
    }
}

BOOST_AUTO_TEST_CASE(keys_have_the_recorded_text) {
  static constexpr std::string_view kOtherShape = "other shape: ";
  Recording recording("resolve.json");
  for (YamlParser parser : all_parsers())
    for (View test : recording.cases.items()) {
      const std::string_view text = test["text"].text(), error = test["keyError"].text();
      if (parser == YamlParser::YamlCpp && has_other_line_end(text)) continue;
      const Reading r = read(cat(text, ": 1\n"), parser);
      BOOST_TEST_CONTEXT(name_of(parser) << ": " << text << ": 1 gives " << r.summary()) {
        const bool other_shape = starts_with(error, kOtherShape);
        const bool refused = (!test["key"] && !other_shape) || find(kKeyDifferences, text);
        BOOST_CHECK_EQUAL(r.refusals() > 0, refused);
        if (refused) continue;
        if (other_shape) BOOST_CHECK(r.documents.empty() ? error.substr(kOtherShape.size()) == "null" : is_json(r.first(), error.substr(kOtherShape.size()), recording.arena));
        else BOOST_CHECK(r.first().size() == 1 && r.first()[test["key"].text()].integer() == 1);
      }
    }
}

BOOST_AUTO_TEST_CASE(scalars_that_yaml_1_2_reads_otherwise_are_known) {
  Recording recording("resolve.json");
  for (View test : recording.cases.items()) {
    const std::string_view text = test["text"].text(), core = test["core12"].text(), type = test["type"].text();
    // Texts that start with an indicator are no plain scalars, and an error is no meaning.
    if (!test["core12"] || type == "error" || text.find_first_of("#&") == 0) continue;
    const std::string_view theirs = core == "int" || core == "float" ? "number" : core;
    BOOST_TEST_CONTEXT(text) BOOST_CHECK_EQUAL(is_ambiguous(text, resolve_plain(text)), theirs != type);
  }
}

// Found by tests/fuzz/go_parser.py, in no recording.
BOOST_AUTO_TEST_CASE(a_sign_may_stand_behind_0b) {
  for (YamlParser parser : all_parsers()) {
    BOOST_TEST(read("v: 0b-11_01\n", parser).first()["v"].integer().value_or(0) == -13);
    BOOST_TEST(read("v: 0b+11\n", parser).first()["v"].integer().value_or(0) == 3);
    BOOST_TEST(read("v: -0b-11\n", parser).first()["v"].text() == "-0b-11");
    BOOST_TEST(read("v: 0b--1\n", parser).first()["v"].text() == "0b--1");
  }
}

BOOST_AUTO_TEST_CASE(documents_have_the_recorded_value) {
  Recording recording("documents.json");
  for (YamlParser parser : all_parsers())
    for (View test : recording.cases.items()) {
      const std::string_view name = test["name"].text();
      const Reading r = read(text_of(test), parser);
      BOOST_TEST_CONTEXT(name_of(parser) << ": " << name << " gives " << r.summary()) {
        const Difference* difference = find(kDocumentDifferences, name);
        if (!difference && parser == YamlParser::YamlCpp) difference = find(kYamlCppDifferences, name);
        const bool refused = difference ? difference->ours == Verdict::Refused : static_cast<bool>(test["error"]);
        BOOST_CHECK_EQUAL(r.refusals() > 0, refused);
        if (difference) BOOST_CHECK(refused != static_cast<bool>(test["error"]));
        if (refused || difference) continue;
        if (test["unstable"]) BOOST_CHECK(r.has(Code::DuplicateKey));
        else if (r.documents.empty()) BOOST_CHECK(test["json"].text() == "null");
        else BOOST_CHECK(is_json(r.first(), test["json"].text(), recording.arena));
        if (!test["unstable"]) BOOST_CHECK_EQUAL(r.strict() > 0, static_cast<bool>(test["strictError"]));
      }
    }
}

BOOST_AUTO_TEST_CASE(streams_have_the_recorded_documents) {
  Recording recording("split.json");
  for (YamlParser parser : all_parsers())
    for (View test : recording.cases.items()) {
      const std::string_view name = test["name"].text();
      const Reading r = read(test["yaml"].text(), parser);
      std::vector<std::string_view> documents;
      bool refused = false;
      for (View json : test["json"].items()) {
        if (starts_with(json.text(), "ERROR: ")) refused = true;
        else if (!json.text().empty()) documents.push_back(json.text());
      }
      BOOST_TEST_CONTEXT(name_of(parser) << ": " << name << " gives " << r.summary()) {
        if (find(kStreamDifferences, name)) {
          BOOST_CHECK(refused && r.refusals() == 0);
          continue;
        }
        BOOST_CHECK_EQUAL(r.refusals() > 0, refused);
        // What stands before and behind a broken document is read all the same.
        if (refused) continue;
        BOOST_REQUIRE_EQUAL(r.documents.size(), documents.size());
        for (size_t i = 0; i < documents.size(); ++i) BOOST_CHECK(is_json(r.documents[i], documents[i], recording.arena));
      }
    }
}

BOOST_AUTO_TEST_CASE(texts_are_split_as_recorded) {
  Recording recording("split.json");
  for (View test : recording.cases.items()) {
    const std::string_view text = test["yaml"].text();
    std::vector<std::string> pieces;
    bool bad = false;
    Splitter splitter(text);
    for (Piece piece; splitter.next(piece);) {
      bad = bad || piece.bad_separator;
      pieces.emplace_back(text.substr(piece.begin, piece.end - piece.begin));
    }
    const bool refused = test["docs"].size() > 0 && starts_with(test["docs"].item(test["docs"].size() - 1).text(), "ERROR: ");
    BOOST_TEST_CONTEXT(test["name"].text()) BOOST_CHECK_EQUAL(bad, refused);
  }
}

BOOST_AUTO_TEST_SUITE_END()
