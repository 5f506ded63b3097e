// Rendered objects are put in order by namespace and name within their kind, however they come.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/text.h"
#include "finish/finish.h"
#include "tree/make.h"

using namespace isvcc;

namespace {

struct Objects {
  Arena arena;
  Diagnostics diags;
  std::vector<Manifest> made;

  void add(std::string_view kind, std::string_view namespace_, std::string_view name, std::string_view more = "x") {
    const Make make(arena);
    const Node* metadata = make.map({{"namespace", make.text(namespace_)}, {"name", make.text(name)}});
    made.push_back(manifest_of(make.map({{"apiVersion", make.text("v1")}, {"kind", make.text(kind)}, {"metadata", metadata}, {"more", make.text(more)}}), nullptr));
  }

  std::vector<std::string> ordered() {
    std::vector<const Manifest*> pointers;
    for (const Manifest& m : made) pointers.push_back(&m);
    std::vector<std::string> names;
    for (const Manifest& m : in_order(pointers, [](const Manifest&) { return std::string(); }, diags)) names.push_back(cat(m.kind, ' ', m.namespace_, '/', m.name));
    return names;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(objects_of_a_kind_stand_together_by_namespace_and_name, Objects) {
  for (const char* kind : {"Service", "ConfigMap"})
    for (const char* namespace_ : {"b", "a"})
      for (const char* name : {"y", "x", "x-1"}) add(kind, namespace_, name);
  const std::vector<std::string> expected = {"ConfigMap a/x", "ConfigMap a/x-1", "ConfigMap a/y", "ConfigMap b/x", "ConfigMap b/x-1", "ConfigMap b/y",
                                             "Service a/x",   "Service a/x-1",   "Service a/y",   "Service b/x",   "Service b/x-1",   "Service b/y"};
  BOOST_TEST(ordered() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_order_they_come_in_does_not_count) {
  std::vector<std::string> names;
  for (int i = 0; i < 3000; ++i) names.push_back(cat("n", i));
  std::vector<std::string> expected;
  std::mt19937 chance(7);
  for (int round = 0; round < 4; ++round) {
    Objects objects;
    for (const std::string& name : names) objects.add("Service", "a", name);
    const std::vector<std::string> got = objects.ordered();
    if (expected.empty()) expected = got;
    BOOST_TEST(std::is_sorted(got.begin(), got.end()));
    BOOST_TEST(got == expected);
    round == 0 ? std::reverse(names.begin(), names.end()) : std::shuffle(names.begin(), names.end(), chance);
  }
}

BOOST_FIXTURE_TEST_CASE(of_equal_objects_the_first_stays_and_different_ones_of_one_name_are_told, Objects) {
  add("Service", "a", "x");
  add("Service", "a", "y");
  add("Service", "a", "x");
  BOOST_TEST(ordered().size() == 2u);
  BOOST_TEST(diags.errors() == 0u);
  add("Service", "a", "y", "other");
  BOOST_TEST(ordered().size() == 2u);
  BOOST_TEST(diags.errors() == 1u);
}
