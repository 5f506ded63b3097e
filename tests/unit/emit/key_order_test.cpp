// The order of keys: Go's where Go has one, one chain of Go's comparisons everywhere, never dependent on the author's order.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "emit/key_order.h"

using namespace isvcc;

static std::vector<std::string> sorted(const std::vector<std::string>& keys) {
  std::vector<Field> fields;
  for (const std::string& key : keys) fields.push_back({key.data(), static_cast<uint32_t>(key.size()), 0, nullptr});
  std::vector<const Field*> pointers, spare;
  for (const Field& field : fields) pointers.push_back(&field);
  sort_keys(pointers, spare);
  std::vector<std::string> out;
  for (const Field* field : pointers) out.emplace_back(field->key());
  return out;
}

using Keys = std::vector<std::string>;

// Keys that differ early, late and behind digits.
static Keys long_keys(std::mt19937& random, size_t count) {
  Keys keys;
  while (keys.size() < count) {
    std::string key = random() % 2 == 0 ? "resource" : "resources";
    for (size_t n = random() % 4; n > 0; --n) key += "aZ-7"[random() % 4];
    if (random() % 2 == 0) key.insert(random() % 4, 1, "b_"[random() % 2]);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

static Keys random_keys(std::mt19937& random, size_t count) {
  static constexpr std::string_view kPieces[] = {"a", "b", "A", "v", "1", "2", "10", "0", "-", ".", "_", "é", "日", "٣"};
  Keys keys;
  while (keys.size() < count) {
    std::string key;
    for (size_t n = 1 + random() % 5; n > 0; --n) key += kPieces[random() % std::size(kPieces)];
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

BOOST_AUTO_TEST_SUITE(key_order)

BOOST_AUTO_TEST_CASE(letters_come_after_everything_else_and_capitals_before_small) {
  BOOST_TEST(sorted({"ab", "a_b", "aB", "a", "a-b", "a b"}) == (Keys{"a", "a b", "a-b", "a_b", "aB", "ab"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(digits_count_as_numbers) {
  BOOST_TEST(sorted({"x10", "x9", "x100", "x1"}) == (Keys{"x1", "x9", "x10", "x100"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leading_zeros_make_a_key_later_than_its_equal) {
  BOOST_TEST(sorted({"a001", "a01", "a1", "a10", "a2"}) == (Keys{"a1", "a01", "a001", "a2", "a10"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_pair_of_a_cycle_has_its_own_order) {
  BOOST_TEST(go_key_less("v10", "v1alpha1"));
  BOOST_TEST(go_key_less("v1alpha1", "v2"));
  BOOST_TEST(go_key_less("v2", "v10"));
}

BOOST_AUTO_TEST_CASE(the_authors_order_never_shows) {
  std::mt19937 random(1);
  for (size_t round = 0; round < 300; ++round) {
    Keys keys = random_keys(random, 2 + random() % 40);
    const Keys first = sorted(keys);
    std::shuffle(keys.begin(), keys.end(), random);
    BOOST_REQUIRE(sorted(keys) == first);
  }
}

BOOST_AUTO_TEST_CASE(the_first_bytes_of_a_few_keys_tell_the_same_order_or_nothing) {
  std::mt19937 random(4);
  size_t told = 0;
  for (size_t round = 0; round < 2000; ++round) {
    const Keys keys = long_keys(random, 1 + random() % 6);
    std::vector<Field> fields;
    for (const std::string& key : keys) fields.push_back({key.data(), static_cast<uint32_t>(key.size()), 0, nullptr});
    RankedField ranked[kFewFields];
    if (!rank_few(fields, ranked)) continue;
    ++told;
    Keys out;
    for (size_t i = 0; i < keys.size(); ++i) out.emplace_back(ranked[i].field->key());
    BOOST_REQUIRE(out == sorted(keys));
  }
  BOOST_TEST(told > 100U);
  BOOST_TEST(told < 1900U);
}

BOOST_AUTO_TEST_CASE(every_key_is_less_than_the_next_by_go_even_where_cycles_exist) {
  std::mt19937 random(2);
  for (size_t round = 0; round < 300; ++round) {
    const Keys keys = sorted(random_keys(random, 2 + random() % 100));
    for (size_t i = 0; i + 1 < keys.size(); ++i) BOOST_REQUIRE_MESSAGE(go_key_less(keys[i], keys[i + 1]), keys[i] << " before " << keys[i + 1]);
  }
}

BOOST_AUTO_TEST_CASE(of_two_different_keys_exactly_one_is_less) {
  std::mt19937 random(3);
  const Keys keys = random_keys(random, 300);
  for (const std::string& a : keys)
    for (const std::string& b : keys) BOOST_REQUIRE(go_key_less(a, b) + go_key_less(b, a) == (a == b ? 0 : 1));
}

BOOST_AUTO_TEST_CASE(many_keys_of_any_kind_are_sorted) {
  Keys keys;
  for (int i = 0; i < 20000; ++i) keys.push_back("key-" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string((i * 7919) % 20000));
  const Keys out = sorted(keys);
  BOOST_TEST(std::is_sorted(out.begin(), out.end(), [](const std::string& a, const std::string& b) { return go_key_less(a, b); }));
}

BOOST_AUTO_TEST_SUITE_END()
