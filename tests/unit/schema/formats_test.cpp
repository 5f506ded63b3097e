// Text formats of custom resources.
#include <boost/test/unit_test.hpp>

#include "ops/formats.h"

using namespace isvcc;

BOOST_AUTO_TEST_CASE(date_times) {
  for (const char* good : {"2024-02-29T23:59:59Z", "2024-01-02T03:04:05.123+01:00"}) BOOST_TEST(matches_format("date-time", good), good);
  for (const char* bad : {"2023-02-29T00:00:00Z", "2024-01-02", "2024-01-02T24:00:00Z", "x", ""}) BOOST_TEST(!matches_format("date-time", bad), bad);
}

BOOST_AUTO_TEST_CASE(addresses) {
  BOOST_TEST(matches_format("ipv4", "10.0.0.1"));
  BOOST_TEST(!matches_format("ipv4", "10.0.0.256"));
  for (const char* good : {"::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"}) BOOST_TEST(matches_format("ipv6", good), good);
  for (const char* bad : {"1.2.3.4", "1:2", ":::", "1::2::3", "12345::"}) BOOST_TEST(!matches_format("ipv6", bad), bad);
  BOOST_TEST(matches_format("cidr", "10.0.0.0/8"));
  BOOST_TEST(!matches_format("cidr", "10.0.0.0/33"));
  BOOST_TEST(matches_format("mac", "00:00:5e:00:53:01"));
}

BOOST_AUTO_TEST_CASE(others) {
  BOOST_TEST(matches_format("byte", "aGVsbG8="));
  BOOST_TEST(!matches_format("byte", "a"));
  BOOST_TEST(matches_format("duration", "1h15m"));
  BOOST_TEST(matches_format("duration", "22 ns"));
  BOOST_TEST(!matches_format("duration", "soon"));
  BOOST_TEST(matches_format("uuid4", "3a0f5f0e-7b1c-4f5e-9d3a-0123456789ab"));
  BOOST_TEST(!matches_format("uuid4", "3a0f5f0e-7b1c-1f5e-9d3a-0123456789ab"));
  BOOST_TEST(matches_format("uri", "https://example.com/a"));
  BOOST_TEST(!matches_format("uri", "example"));
}

BOOST_AUTO_TEST_CASE(an_unknown_format_and_int32_are_not_checked) {
  BOOST_TEST(matches_format("int32", "x"));
  BOOST_TEST(!is_checked_format("int32"));
}
