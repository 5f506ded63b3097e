// Shares of an output: every part is in exactly one, wherever and whenever that is asked.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "emit/shard.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(shards)

BOOST_AUTO_TEST_CASE(every_part_is_in_exactly_one_share) {
  for (size_t count : {1u, 2u, 3u, 7u, 100u})
    for (size_t i = 0; i < 200; ++i) {
      size_t owners = 0;
      for (size_t k = 1; k <= count; ++k) owners += Shard{k, count}.has_namespace(cat("team-", i));
      BOOST_TEST(owners == 1u);
    }
}

BOOST_AUTO_TEST_CASE(shares_are_about_even) {
  size_t sizes[4] = {};
  for (size_t i = 0; i < 1000; ++i)
    for (size_t k = 1; k <= 4; ++k) sizes[k - 1] += Shard{k, 4}.has_namespace(cat("team-", i));
  for (size_t size : sizes) BOOST_TEST((size > 200 && size < 300), size);
}

// A matrix of CI jobs may run different versions for a while.
BOOST_AUTO_TEST_CASE(the_share_of_a_name_never_changes) {
  std::string owners;
  for (std::string_view name : {"default", "fraud", "search", "team-a", "team-b", ""})
    for (size_t k = 1; k <= 5; ++k)
      if (Shard{k, 5}.has_namespace(name)) owners += cat(k);
  BOOST_TEST(owners == "124425");
}

BOOST_AUTO_TEST_CASE(what_belongs_to_no_part_is_in_every_share) {
  for (size_t k = 1; k <= 3; ++k) BOOST_TEST((Shard{k, 3}.has("")));
}

BOOST_AUTO_TEST_CASE(a_share_is_given_as_k_of_n) {
  const auto shard = parse_shard("2/5");
  BOOST_REQUIRE(shard.has_value());
  BOOST_TEST(shard->index == 2u);
  BOOST_TEST(shard->count == 5u);
  for (const char* text : {"", "/", "0/3", "4/3", "-1/3", "1/0", "a/b", "1", "1/2/3", "1/99999999"}) BOOST_TEST(!parse_shard(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
