// Which plain scalars would be read as something else than text.
#include <boost/test/unit_test.hpp>
#include <string>

#include "emit/implicit_type.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(implicit_type)

BOOST_AUTO_TEST_CASE(words_count_only_in_their_exact_spellings) {
  for (const char* word : {"", "~", "null", "NULL", "yes", "Y", "off", "True", ".NaN", "-.Inf"}) BOOST_TEST(!reads_as_text(word), word);
  for (const char* word : {"nULL", "yEs", "t", "None", "nan", "inf", "<<", "="}) BOOST_TEST(reads_as_text(word), word);
}

BOOST_AUTO_TEST_CASE(integers_have_the_bases_of_go) {
  for (const char* text : {"0", "-1", "+7", "0x1F", "0XfF", "0o17", "0b101", "0b-1", "017", "1_000", "1_", "18446744073709551615"})
    BOOST_TEST(!reads_as_text(text), text);
  for (const char* text : {"0x", "0o8", "0b2", "0x1G", "-0x8000000000000001", "0x10000000000000000", "--1", "+"}) BOOST_TEST(reads_as_text(text), text);
}

BOOST_AUTO_TEST_CASE(floats_must_be_finite) {
  for (const char* text : {"1.", ".5", "5.e1", "1e3", "-1.5E+300", "1e308", "1e-400", "0e999", "08", "1_0.5", ".1_0"}) BOOST_TEST(!reads_as_text(text), text);
  for (const char* text : {".", "e5", "1e", "1e309", "-1.8e308", "1.2.3", ".1_", "._1", "1e5x"}) BOOST_TEST(reads_as_text(text), text);
}

BOOST_AUTO_TEST_CASE(a_huge_exponent_is_no_work) {
  BOOST_TEST(reads_as_text("1e" + std::string(100000, '9')));
  BOOST_TEST(!reads_as_text("1e-" + std::string(100000, '9')));
  BOOST_TEST(!reads_as_text("0." + std::string(400, '0') + "1e401"));
}

BOOST_AUTO_TEST_CASE(dates_and_times_are_not_text) {
  for (const char* text : {"2001-01-01", "2001-1-1", "2024-2-29", "2001-01-01T10:20:30Z", "2001-01-01t1:2:3.5+01:00", "2001-01-01 10:20:30", "2001-01-01   10:20:30,5"})
    BOOST_TEST(!reads_as_text(text), text);
  for (const char* text : {"2001-13-01", "2023-2-29", "2001-01-32", "20010-1-1", "2001-01-01T10:20:30", "2001-01-01T24:00:00Z", "2001-01-01 10:20:30Z", "2001-01-01T10:20:30+1:00"})
    BOOST_TEST(reads_as_text(text), text);
}

BOOST_AUTO_TEST_CASE(base_60_is_quoted_for_other_readers) {
  for (const char* text : {"1:20", "-190:20:30", "1:59.5", "1_0:5"}) BOOST_TEST(!reads_as_text(text), text);
  for (const char* text : {"1:60", "8080:80", "1:", "a:1", "1:2:"}) BOOST_TEST(reads_as_text(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
