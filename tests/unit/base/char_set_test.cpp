// Searches for one of several bytes find what std::string_view's own find.
#include <boost/test/unit_test.hpp>

#include "base/char_set.h"

using namespace isvcc;

static constexpr std::string_view kTexts[] = {"", "a", "abc", "123", "12ab", "ab12", "\xff\x00z", "0", "no digits at all", "42 "};

BOOST_AUTO_TEST_CASE(the_first_byte_of_a_set_and_the_first_of_none) {
  for (const std::string_view text : kTexts)
    for (size_t at = 0; at <= text.size(); ++at) {
      BOOST_TEST(kDecimalDigits.first_in(text, at) == std::min(text.find_first_of("0123456789", at), text.size()));
      BOOST_TEST(kDecimalDigits.first_not_in(text, at) == std::min(text.find_first_not_of("0123456789", at), text.size()));
    }
}

BOOST_AUTO_TEST_CASE(a_text_is_covered_when_every_byte_is_of_the_set) {
  BOOST_TEST(kHexDigits.covers("00ff"));
  BOOST_TEST(kHexDigits.covers(""));
  BOOST_TEST(!kHexDigits.covers("00fF"));
  BOOST_TEST(!kHexDigits.covers("0x"));
}

BOOST_AUTO_TEST_CASE(bytes_beyond_ascii_are_bytes_like_others) {
  constexpr CharSet marks("\xff\x80");
  BOOST_TEST(marks.has('\xff'));
  BOOST_TEST(!marks.has('\x7f'));
  BOOST_TEST(marks.first_in("ab\x80") == 2u);
}
