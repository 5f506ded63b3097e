// What a value is equal to, and how it is reached.
#include "tree/node.h"

#include <boost/test/unit_test.hpp>

#include "tree/make.h"
#include "tree/path.h"

using namespace isvcc;

struct Values {
  Arena arena;
  Make make{arena};
};

BOOST_FIXTURE_TEST_CASE(numbers_are_equal_by_value_whatever_they_are_written_as, Values) {
  BOOST_TEST(equal(make.integer(1), make.number(1.0)));
  BOOST_TEST(equal(make.integer(0), make.number(-0.0)));
  BOOST_TEST(equal(make.number(0.0), make.number(-0.0)));
  BOOST_TEST(!equal(make.integer(1), make.number(1.5)));
  BOOST_TEST(!equal(make.integer(-1), make.uinteger(UINT64_MAX)));
  BOOST_TEST(!equal(make.integer(0), make.text("0")));
}

BOOST_FIXTURE_TEST_CASE(the_order_of_keys_does_not_count_that_of_items_does, Values) {
  const Node *a = make.text("a"), *b = make.text("b");
  BOOST_TEST(equal(make.map({{"x", a}, {"y", b}}), make.map({{"y", b}, {"x", a}})));
  BOOST_TEST(!equal(make.map({{"x", a}}), make.map({{"x", a}, {"y", b}})));
  BOOST_TEST(!equal(make.list({a, b}), make.list({b, a})));
}

BOOST_FIXTURE_TEST_CASE(null_is_a_value_and_nothing_is_none, Values) {
  BOOST_TEST(equal(make.null(), make.null()));
  BOOST_TEST(!equal(make.null(), View()));
  BOOST_TEST(equal(View(), View()));
}

BOOST_FIXTURE_TEST_CASE(a_path_leads_through_maps_lists_and_keys_with_dots, Values) {
  const View root = make.map({{"spec", make.map({{"containers", make.list({make.map({{"image", make.text("i")}})})}})},
                              {"annotations", make.map({{"example.com/a", make.text("v")}})}});
  BOOST_TEST(find(root, "spec.containers[0].image").text() == "i");
  BOOST_TEST(find(root, "annotations[example.com/a]").text() == "v");
  BOOST_TEST(!find(root, "spec.containers[1].image"));
  BOOST_TEST(!find(root, "spec.containers[0].image.more"));
}

BOOST_FIXTURE_TEST_CASE(a_literal_key_finds_what_the_same_text_finds, Values) {
  const View map = make.map({{"a", make.integer(1)}, {"bb", make.integer(2)}, {"name", make.integer(3)}, {"named", make.integer(4)}, {"metadata", make.integer(5)},
                             {"metadatb", make.integer(6)}, {"terminationMessagePath", make.integer(7)}, {"a", make.integer(8)}, {"", make.integer(9)}});
  BOOST_TEST(map["a"].integer().value() == 8);  // of a repeated key the last one counts
  BOOST_TEST(map["bb"].integer().value() == 2);
  BOOST_TEST(map["name"].integer().value() == 3);
  BOOST_TEST(map["metadata"].integer().value() == 5);
  BOOST_TEST(map["terminationMessagePath"].integer().value() == 7);
  BOOST_TEST(map[""].integer().value() == 9);
  for (const Field& field : map.fields()) BOOST_TEST(static_cast<bool>(map[field.key()]));
  BOOST_TEST(!map["nam"]);
  BOOST_TEST(!map["nbme"]);
  BOOST_TEST(!map["terminationMessagePolicy"]);
  BOOST_TEST(!View()["a"]);
  BOOST_TEST(!View(make.list({}))["a"]);
}
