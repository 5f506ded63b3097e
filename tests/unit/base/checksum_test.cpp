// Damage is seen, and how a text is cut into pieces is not.
#include <boost/test/unit_test.hpp>
#include <string>

#include "base/checksum.h"

using namespace isvcc;

BOOST_AUTO_TEST_CASE(the_checksum_is_that_of_all_pieces_together) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7);
  for (size_t cut : {size_t{0}, size_t{1}, size_t{63}, size_t{240}, size_t{999}}) {
    const std::string_view whole = text;
    BOOST_TEST((checksum({whole.substr(0, cut), whole.substr(cut)}) == checksum({whole})), cut);
  }
}

BOOST_AUTO_TEST_CASE(every_bit_counts) {
  const std::string text(300, 'x');
  for (size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] ^= 1;
    BOOST_TEST((checksum({damaged}) != checksum({text})), i);
  }
}
