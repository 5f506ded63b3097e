// Runtimes that hide others or win by accident: W0910, W0911.
#include <boost/test/unit_test.hpp>

#include "linted.h"

using namespace isvcc::test;

BOOST_AUTO_TEST_CASE(a_namespaced_runtime_that_hides_a_cluster_runtime_is_told) {
  BOOST_TEST(Linted(runtime() + runtime("", "own", "ServingRuntime")).count("W0910") == 1);
  BOOST_TEST(Linted(runtime() + runtime("", "other", "ServingRuntime")).count("W0910") == 0);
}

BOOST_AUTO_TEST_CASE(two_equal_runtimes_are_told) {
  BOOST_TEST(Linted(runtime("", "a") + runtime("", "b")).count("W0911") == 1);
  BOOST_TEST(Linted(runtime("", "a") + runtime("", "b", "ClusterServingRuntime", "disabled: true, ")).count("W0911") == 0);
}
