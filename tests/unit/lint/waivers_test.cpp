// isvcc.dev/allow: W0912 and what a waiver takes back.
#include <boost/test/unit_test.hpp>

#include "linted.h"

using namespace isvcc::test;

static std::string waived(const std::string& text) {
  return runtime() + service("env: [{name: DB_PASSWORD, value: hunter2}], ", "", "annotations: {isvcc.dev/allow: '" + text + "'}, ");
}

BOOST_AUTO_TEST_CASE(a_waiver_with_a_reason_takes_a_warning_back) {
  const Linted linted(waived("W0908 the password of the demo"));
  BOOST_TEST(linted.count("W0908") == 0);
  BOOST_TEST(linted.count("W0912") == 0);
}

BOOST_AUTO_TEST_CASE(a_waiver_of_another_code_takes_nothing_back) { BOOST_TEST(Linted(waived("W0906 two flags")).count("W0908") == 1); }

BOOST_AUTO_TEST_CASE(a_waiver_lasts_until_its_last_day) {
  BOOST_TEST(Linted(waived("W0908 soon gone (until 2026-06-01)")).count("W0908") == 0);
  const Linted late(waived("W0908 soon gone (until 2026-05-31)"));
  BOOST_TEST(late.count("W0908") == 1);
  BOOST_TEST(late.finding("W0912").message.ends_with("has expired"));
}

BOOST_AUTO_TEST_CASE(a_waiver_without_a_reason_is_told) { BOOST_TEST(Linted(waived("W0908")).finding("W0912").message.ends_with("gives no reason")); }
BOOST_AUTO_TEST_CASE(a_waiver_of_an_unknown_code_is_told) { BOOST_TEST(Linted(waived("W9999 why not")).finding("W0912").message.ends_with("names no code")); }
BOOST_AUTO_TEST_CASE(a_waiver_with_a_day_that_is_none_is_told) {
  BOOST_TEST(Linted(waived("W0908 soon (until next week)")).finding("W0912").message.ends_with("has a day that is not YYYY-MM-DD"));
}
BOOST_AUTO_TEST_CASE(an_error_cannot_be_waived) { BOOST_TEST(Linted(waived("E0401 no")).finding("W0912").message.ends_with("names an error, which cannot be waived")); }

BOOST_AUTO_TEST_CASE(several_lines_are_several_waivers) {
  const std::string yaml = "---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: iris\n  namespace: ml\n  annotations:\n    isvcc.dev/allow: |\n"
                           "      W0908 the demo\n      W0906 on purpose\nspec:\n  predictor:\n    model:\n      modelFormat: {name: own}\n      args: [--a=1, --a=2]\n"
                           "      env: [{name: DB_PASSWORD, value: hunter2}]\n";
  const Linted linted(runtime() + yaml);
  BOOST_TEST(linted.count("W0908") + linted.count("W0906") + linted.count("W0912") == 0);
}
