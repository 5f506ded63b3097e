// Texts are numbered in the order in which they come for the first time, however many there are.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/seen_texts.h"

using namespace isvcc;

BOOST_AUTO_TEST_CASE(a_text_keeps_the_number_it_got_first) {
  std::vector<std::string> texts;
  for (int i = 0; i < 50; ++i) texts.push_back("text " + std::to_string(i));
  SeenTexts seen;
  for (size_t i = 0; i < texts.size(); ++i)
    for (size_t again = 0; again <= i; ++again) {
      const SeenTexts::Place place = seen.add(texts[again]);
      BOOST_TEST(place.number == again);
      BOOST_TEST(place.fresh == (again == i));
    }
}

BOOST_AUTO_TEST_CASE(the_empty_text_is_one_too) {
  SeenTexts seen;
  BOOST_TEST(seen.is_fresh(""));
  BOOST_TEST(!seen.is_fresh(""));
}
