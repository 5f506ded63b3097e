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

// Each with texts that are in the format, and texts that are nearly.
struct Examples {
  const char* format;
  std::vector<const char*> good, bad;
};

BOOST_AUTO_TEST_CASE(examples_of_every_format) {
  const Examples all[] = {
      {"date", {"2024-02-29", "2000-02-29", "2023-12-31"}, {"1900-02-29", "2023-04-31", "2023-13-01", "2023-00-10", "2023-01-00", "23-01-01", "2023/01/01"}},
      {"datetime", {"2024-01-02t03:04:05z", "2024-01-02T03:04:05-10:30"}, {"2024-01-02T03:04:05", "2024-01-02T03:04:05.Z", "2024-01-02T03:04:05.5", "2024-01-02T03:60:05Z", "2024-01-02T03:04:61Z", "2024-01-02 03:04:05Z"}},
      {"duration", {"5 hours", "3 weeks", "-1s"}, {"", "5", "5 parsecs", "h"}},
      {"byte", {"", "aGk=", "aA==", "aGkh\r\naGkh"}, {"aGk", "a===", "a b="}},
      {"uri", {"http://h/p?q=1", "/absolute", "urn:a:b"}, {"", "relative/path", "1http://h", "http://h/\x01"}},
      {"email", {"a@b", "first.last@example.com"}, {"", "@b", "a@", "a@b@c", "a b@c"}},
      {"hostname", {"a", "a.example.com.", "x-1.y"}, {"", "-a.b", "a-.b", "a..b", "a_b"}},
      {"ipv4", {"0.0.0.0", "255.255.255.255"}, {"1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.1000", "1.2.3.x"}},
      {"ipv6", {"1::", "a:b::c", "::ffff:10.0.0.1"}, {":1", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7:8:9", "::1.2.3", "g::", "1::2:3:4:5:6:7:8"}},
      {"cidr", {"::/0", "2001:db8::/128", "0.0.0.0/0"}, {"10.0.0.0", "10.0.0.0/x", "10.0.0.0/1000", "::/129", "x/8"}},
      {"mac", {"00-00-5E-00-53-01", "0000.5e00.5301", "02:00:5e:10:00:00:00:01"}, {"00:00:5e:00:53", "00:00:5e:00:53:0g", "000:00:5e:00:53:01"}},
      {"uuid", {"3a0f5f0e-7b1c-0f5e-0d3a-0123456789ab", "3A0F5F0E7B1C4F5E9D3A0123456789AB"}, {"3a0f5f0e", "3a0f5f0e-7b1c-4f5e-9d3a-0123456789abc", "3a0f5f0e-7b1c-4f5e-9d3a-0123456789ag"}},
      {"uuid3", {"3a0f5f0e-7b1c-3f5e-0d3a-0123456789ab"}, {"3a0f5f0e-7b1c-4f5e-9d3a-0123456789ab"}},
      {"uuid4", {"3a0f5f0e-7b1c-4f5e-8d3a-0123456789ab", "3a0f5f0e-7b1c-4f5e-Bd3a-0123456789ab"}, {"3a0f5f0e-7b1c-4f5e-cd3a-0123456789ab"}},
      {"uuid5", {"3a0f5f0e-7b1c-5f5e-ad3a-0123456789ab"}, {"3a0f5f0e-7b1c-4f5e-ad3a-0123456789ab"}},
      {"hexcolor", {"#fff", "A0b1C2"}, {"#ffff", "#ggg", "red"}},
      {"ssn", {"123-45-6789", "123 45 6789", "123456789"}, {"12-345-6789", "123-45-678", "12345678x"}},
      {"isbn", {"0-306-40615-2", "978-0-306-40615-7"}, {"0-306-40615-3", "123"}},
      {"isbn10", {"080442957X"}, {"08044X9570", "978-0-306-40615-7"}},
      {"isbn13", {"9780306406157"}, {"9780306406158", "978030640615X"}},
      {"bsonobjectid", {"507f1f77bcf86cd799439011"}, {"507f1f77bcf86cd79943901", "507f1f77bcf86cd79943901g"}},
      {"k8s-short-name", {"a-1"}, {"A", "a.b", "-a"}},
      {"k8s-long-name", {"a.b-1"}, {"a..b", "A.b"}},
      {"password", {"", "anything"}, {}},
      {"creditcard", {"anything"}, {}},
      {"rgbcolor", {"anything"}, {}},
  };
  for (const Examples& examples : all) {
    for (const char* text : examples.good) BOOST_TEST(matches_format(examples.format, text), examples.format << " takes " << text);
    for (const char* text : examples.bad) BOOST_TEST(!matches_format(examples.format, text), examples.format << " refuses " << text);
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_format_and_int32_are_not_checked) {
  BOOST_TEST(matches_format("int32", "x"));
  BOOST_TEST(!is_checked_format("int32"));
}
