#include "review/upgrade.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"

using namespace isvcc;

BOOST_AUTO_TEST_CASE(what_a_release_gains_and_loses_is_told) {
  const std::string notes = release_notes(Release::V0_19_0, Release::V0_20_0);
  BOOST_TEST(contains(notes, "  + spec.canary[] makes canary Deployments\n"));
  BOOST_TEST(contains(notes, "  - of several storageUris only the first OCI one becomes a modelcar"));
}

BOOST_AUTO_TEST_CASE(going_back_turns_the_signs) {
  const auto up = release_differences(Release::V0_18_1, Release::V0_20_0), down = release_differences(Release::V0_20_0, Release::V0_18_1);
  BOOST_TEST_REQUIRE(up.size() == down.size());
  for (size_t i = 0; i < up.size(); ++i) BOOST_TEST(up[i].gained != down[i].gained);
}

BOOST_AUTO_TEST_CASE(a_release_differs_from_itself_in_nothing) { BOOST_TEST(release_notes(Release::V0_20_0, Release::V0_20_0) == ""); }
