#include "emit/tar.h"

#include <boost/test/unit_test.hpp>

#include "emit/gzip.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(tar)

BOOST_AUTO_TEST_CASE(the_order_of_the_files_does_not_show) { BOOST_TEST(tar_of({{"b/c", "2"}, {"a", "1"}}) == tar_of({{"a", "1"}, {"b/c", "2"}})); }

BOOST_AUTO_TEST_CASE(an_archive_is_blocks_of_512_bytes_and_ends_with_two_empty_ones) {
  const std::string archive = tar_of({{"a", "text"}});
  BOOST_TEST(archive.size() == 4 * 512);
  BOOST_TEST(archive.substr(512, 5) == std::string("text\0", 5));
  BOOST_TEST(archive.substr(1024) == std::string(1024, '\0'));
}

BOOST_AUTO_TEST_CASE(a_header_says_nothing_of_people_and_times) {
  const std::string header = tar_of({{"a", "text"}}).substr(0, 512);
  BOOST_TEST(header.substr(0, 2) == std::string("a\0", 2));
  BOOST_TEST(header.substr(100, 8) == std::string("0000644\0", 8));
  BOOST_TEST(header.substr(108, 16) == std::string("0000000\0000000000\0", 16));
  BOOST_TEST(header.substr(124, 12) == std::string("00000000004\0", 12));
  BOOST_TEST(header.substr(136, 12) == std::string("00000000000\0", 12));
  BOOST_TEST(header.substr(257, 8) == std::string("ustar\00000", 8));
}

BOOST_AUTO_TEST_CASE(folders_come_before_what_is_in_them_and_once) {
  const std::string archive = tar_of({{"x/y/1", ""}, {"x/y/2", ""}});
  BOOST_TEST(archive.substr(0, 3) == std::string("x/\0", 3));
  BOOST_TEST(archive.substr(512, 5) == std::string("x/y/\0", 5));
  BOOST_TEST(archive.size() == (2 + 2 + 2) * 512);
}

BOOST_AUTO_TEST_CASE(long_paths_are_cut_at_a_slash_or_written_in_front) {
  const std::string folder(90, 'f'), name(80, 'n'), longest(120, 'l');
  const std::string cut = tar_of({{folder + "/" + name, ""}});
  BOOST_TEST(cut.substr(512, 80) == name);
  BOOST_TEST(cut.substr(512 + 345, 90) == folder);
  const std::string pax = tar_of({{longest, ""}});
  BOOST_TEST(pax[156] == 'x');
  BOOST_TEST(pax.substr(512, 130) == "130 path=" + longest + "\n");
}

BOOST_AUTO_TEST_CASE(gzip_has_no_name_and_no_time) {
  const std::string stream = gzip_of("text");
  BOOST_TEST(stream.substr(0, 10) == std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10));
  BOOST_TEST(gzip_of("text") == stream);
  BOOST_TEST(gzip_of(std::string(300'000, 'x')).size() < 1000);
}

BOOST_AUTO_TEST_SUITE_END()
