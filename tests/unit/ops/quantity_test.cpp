// What recordings cannot show: limits, and laws that hold for all quantities.
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/text.h"
#include "ops/quantity.h"

using namespace isvcc;

static std::string error_of(std::string_view text) {
  std::string error;
  BOOST_TEST(!Quantity::parse(text, &error), text);
  return error;
}

static bool exceeds(std::string_view text) { return Quantity::parse(text).value().exceeds_int64(); }

BOOST_AUTO_TEST_SUITE(quantity)

BOOST_AUTO_TEST_CASE(exponents_beyond_32_bits_are_refused) {
  for (const char* text : {"1e2147483648", "1e-2147483648", "1e4294967297", "1e9223372036854775807", "1E99999999999999999999"})
    BOOST_TEST(error_of(text) == "unable to parse quantity's suffix");
}

BOOST_AUTO_TEST_CASE(the_largest_exponents_cost_nothing) {
  BOOST_TEST(Quantity::parse("1e2147483647").value().text() == "10e2147483646");
  BOOST_TEST(Quantity::parse("1e-2147483647").value().text() == "1e-9");
  const Quantity huge = Quantity::parse("1e2147483647").value(), one = Quantity::parse("1").value();
  BOOST_TEST(huge.plus(one).text() == "10e2147483646");
  BOOST_TEST(huge.compare(one) == 1);
  BOOST_TEST(huge.decimal() == "");
}

BOOST_AUTO_TEST_CASE(long_texts_are_refused) {
  BOOST_TEST(Quantity::parse(std::string(64, '1')).has_value());
  BOOST_TEST(error_of(std::string(65, '1')) == "quantities of more than 64 characters are not supported");
  BOOST_TEST(error_of(std::string(100000, '0')) == "quantities of more than 64 characters are not supported");
}

BOOST_AUTO_TEST_CASE(what_go_would_write_back_as_another_value_is_refused) {
  for (const char* text : {"1000E", "5000.E", "1000000P000", "-1000E"}) error_of(text);
  BOOST_TEST(Quantity::parse("999E").value().text() == "999E");
}

BOOST_AUTO_TEST_CASE(values_beyond_64_bits_are_known_as_such) {
  for (const char* text : {"9.3E", "10E", "8Ei", "16Ei", "-10E", "1e30", "9223372036854775808"}) BOOST_TEST(exceeds(text), text);
  for (const char* text : {"9.2E", "7Ei", "9223372036854775807", "0", "1n", "-1", "1e-30"}) BOOST_TEST(!exceeds(text), text);
}

BOOST_AUTO_TEST_CASE(no_digit_at_all_is_zero_only_where_go_says_so) {
  for (const char* text : {"Gi", "m", "-", ".", "e3", "+k"}) BOOST_TEST(Quantity::parse(text).value().text() == "0", text);
  for (const char* text : {"Pi", "-.Ei"}) BOOST_TEST(error_of(text) == "unable to parse numeric part of quantity");
}

BOOST_AUTO_TEST_CASE(zero_takes_the_format_of_the_other) {
  BOOST_TEST(Quantity().plus(Quantity::parse("1Gi").value()).text() == "1Gi");
  BOOST_TEST(Quantity().text() == "0");
}

BOOST_AUTO_TEST_CASE(canonical_texts_are_fixed_points) {
  static constexpr std::string_view kSuffixes[] = {"", "n", "u", "m", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi", "e3", "e-3", "e5"};
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::string text = random() % 4 == 0 ? "-" : "";
    text += cat(random() % 100000);
    if (random() % 2 == 0) text += cat('.', random() % 10000);
    text += kSuffixes[random() % std::size(kSuffixes)];
    const Quantity quantity = Quantity::parse(text).value();
    const Quantity again = Quantity::parse(quantity.canonical()).value();
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(again.canonical() == quantity.canonical());
      BOOST_TEST(again.compare(quantity) == 0);
      BOOST_TEST(quantity.plus(again).minus(again).compare(quantity) == 0);
      BOOST_TEST(quantity.minus(again).is_zero());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_surely_kept_is_written_back_as_it_came) {
  size_t kept = 0;
  for (const char* suffix : {"", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "i", " "})
    for (const char* number : {"", "0", "00", "1", "8", "01", "10", "100", "999", "1000", "1001", "1024", "2048", "1500", "9000", "50000", "99328", "99999", "100000", "123456", "1.5", "-1"}) {
      const std::string text = cat(number, suffix);
      if (!Quantity::is_surely_kept(text)) continue;
      ++kept;
      BOOST_TEST(Quantity::parse(text).value().text() == text);
    }
  BOOST_TEST(kept > 50);
}

BOOST_AUTO_TEST_SUITE_END()
