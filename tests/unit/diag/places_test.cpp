// Lines and columns of spans.
#include <boost/test/unit_test.hpp>

#include "diag/places.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(places)

BOOST_AUTO_TEST_CASE(positions_agree_with_the_sources) {
  Sources sources;
  const std::string_view text = "a\n\nbc\r\nd\xc3\xa9 f\nlast";
  const FileId file = sources.add({.name = "x", .text = text});
  Places places(sources);
  for (uint32_t offset = 0; offset <= text.size() + 2; ++offset) {
    const LineColumn expected = sources.position(file, offset), found = places.of({file, offset, offset}).begin;
    BOOST_TEST(found.line == expected.line);
    BOOST_TEST(found.column == expected.column);
    BOOST_TEST(places.line(file, found.line) == sources.line_at(file, offset));
  }
}

BOOST_AUTO_TEST_CASE(an_empty_file_has_one_line) {
  Sources sources;
  const FileId file = sources.add({.name = "x", .text = ""});
  Places places(sources);
  BOOST_TEST(places.of({file, 0, 0}).begin.line == 1u);
  BOOST_TEST(places.line(file, 1) == "");
}

BOOST_AUTO_TEST_CASE(columns_can_be_counted_in_characters) {
  Sources sources;
  const FileId file = sources.add({.name = "x", .text = "é日x"});
  Places places(sources);
  BOOST_TEST(places.character_column(file, {1, 6}) == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
