// What sigs.k8s.io/yaml writes for 579 scalars in five places and for 27 documents (fixtures/yaml/emit.json).
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "emit/yaml_writer.h"
#include "support/files.h"
#include "support/json_text.h"

using namespace isvcc;
using boost::unit_test::data::xrange;

static View recordings() {
  static Arena arena;
  static const std::string text = test::fixture("yaml/emit.json");
  static const Node* root = test::read_json(text, arena);
  return root;
}

static std::string written(const std::string& json) {
  Arena arena;
  std::string out;
  write_yaml(out, test::read_json(json, arena));
  return out;
}

// Go's writer turns U+0085 into a blank, because it reads its own JSON as YAML. isvcc keeps the character.
static bool is_altered_by_go(std::string_view json) { return contains(json, "\u0085"); }

struct Place {
  const char* name;
  const char *before, *after;
};
static constexpr Place kPlaces[] = {
    {"inMap", "{\"k\":", "}"}, {"inList", "{\"k\":[", "]}"}, {"inNested", "{\"a\":{\"b\":{\"k\":", "}}}"}, {"top", "", ""}, {"asKey", "{", ":1}"}};

BOOST_AUTO_TEST_SUITE(yaml_writer_recordings)

BOOST_DATA_TEST_CASE(a_scalar_is_written_as_recorded_in_every_place, xrange(recordings()["scalars"].size()), i) {
  const View scalar = recordings()["scalars"].item(i);
  const std::string_view json = scalar["value"].text();
  if (is_altered_by_go(json)) return;
  for (const Place& place : kPlaces)
    if (const View expected = scalar[place.name]) {
      BOOST_TEST_CONTEXT(place.name << " " << json) BOOST_TEST(written(cat(place.before, json, place.after)) == expected.text());
    }
}

BOOST_DATA_TEST_CASE(a_document_is_written_as_recorded, xrange(recordings()["documents"].size()), i) {
  const View document = recordings()["documents"].item(i);
  const std::string out = written(std::string(document["json"].text()));
  BOOST_TEST_CONTEXT(document["name"].text()) {
    bool known = document["yaml"].text() == out;
    for (const Node* text : document["unstable"].items()) known |= View(text).text() == out;
    BOOST_TEST(known, out);
  }
}

BOOST_AUTO_TEST_CASE(all_recordings_are_there) {
  BOOST_TEST(recordings()["scalars"].size() == 579u);
  BOOST_TEST(recordings()["documents"].size() == 27u);
}

BOOST_AUTO_TEST_SUITE_END()
