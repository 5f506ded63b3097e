#include "select/go_sort.h"

#include <boost/test/unit_test.hpp>
#include <numeric>
#include <vector>

using namespace isvcc;

struct Item {
  int key, place;
};

static std::vector<Item> sorted(std::vector<int> keys) {
  std::vector<Item> items;
  for (size_t i = 0; i < keys.size(); ++i) items.push_back({keys[i], static_cast<int>(i)});
  go_sort(
      items.size(), [&](size_t i, size_t j) { return items[i].key < items[j].key; }, [&](size_t i, size_t j) { std::swap(items[i], items[j]); });
  return items;
}

static std::vector<int> places(const std::vector<Item>& items) {
  std::vector<int> out;
  for (const Item& item : items) out.push_back(item.place);
  return out;
}

BOOST_AUTO_TEST_CASE(up_to_twelve_elements_keep_their_order_when_equal) {
  const std::vector<int> expected = {1, 3, 5, 0, 2, 4};
  BOOST_TEST(places(sorted({2, 1, 2, 1, 2, 1})) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_ordered_list_stays_as_it_is_whatever_its_length) {
  std::vector<int> expected(100);
  std::iota(expected.begin(), expected.end(), 0);
  BOOST_TEST(places(sorted(std::vector<int>(100, 7))) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_length_and_pattern_is_sorted) {
  for (int length = 0; length < 300; length += 7)
    for (int period : {1, 2, 3, 10, 97}) {
      std::vector<int> keys;
      for (int i = 0; i < length; ++i) keys.push_back((i * 7919 + i / 3) % period);
      const std::vector<Item> items = sorted(keys);
      for (size_t i = 1; i < items.size(); ++i) BOOST_TEST_REQUIRE(items[i - 1].key <= items[i].key);
    }
}

// The order of equal elements, recorded with Go's sort.Slice over keys (i*7919 + i/3) % period; `order` is an FNV-1a hash of the places.
struct Recorded {
  int length, period;
  uint64_t order;
};
static constexpr Recorded kRecorded[] = {
    {13, 2, 8761263820545006673ull},   {13, 3, 8899927692063252311ull},   {13, 5, 6674560824936969255ull},   {20, 2, 5891031444548089485ull},
    {20, 3, 334689247189262541ull},    {20, 5, 7272675918766652929ull},   {37, 2, 551413023558317305ull},    {37, 3, 13577195236946970493ull},
    {37, 5, 10509565954009637035ull},  {60, 2, 17344470522481757397ull},  {60, 3, 3099152666392925405ull},   {60, 5, 2144354370314489171ull},
    {128, 2, 6642820926450981ull},     {128, 3, 12489428179710881795ull}, {128, 5, 8453460172549687225ull},
};

BOOST_AUTO_TEST_CASE(beyond_twelve_equal_elements_move_as_in_go) {
  for (const Recorded& r : kRecorded) {
    std::vector<int> keys;
    for (int i = 0; i < r.length; ++i) keys.push_back((i * 7919 + i / 3) % r.period);
    uint64_t order = 1469598103934665603ull;
    for (int place : places(sorted(keys))) order = (order ^ static_cast<uint64_t>(place)) * 1099511628211ull;
    BOOST_TEST(order == r.order, r.length << " elements, period " << r.period);
  }
}
