#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct Hpa : IrisWorld {
  std::string spec(const std::string& extension, std::string_view path) {
    predictor("{extension: " + extension + "}").lower();
    return at("HorizontalPodAutoscaler", "spec." + std::string(path));
  }
  std::string metrics(const std::string& metrics) { return spec("{autoScaling: {metrics: " + metrics + "}}", "metrics"); }
};

BOOST_FIXTURE_TEST_CASE(zero_minimum_replicas_become_one, Hpa) { BOOST_TEST(spec("{minReplicas: 0}", "minReplicas") == "1"); }

BOOST_FIXTURE_TEST_CASE(the_maximum_is_never_below_the_minimum, Hpa) { BOOST_TEST(spec("{minReplicas: 3, maxReplicas: 2}", "maxReplicas") == "3"); }

BOOST_FIXTURE_TEST_CASE(an_empty_behavior_is_written_and_the_services_own_is_not, Hpa) {
  BOOST_TEST(spec("{autoScaling: {behavior: {scaleUp: {stabilizationWindowSeconds: 3}}}}", "behavior") == "{}");
  BOOST_TEST(at("HorizontalPodAutoscaler", "spec.metrics") == "");
}

BOOST_FIXTURE_TEST_CASE(cpu_at_80_percent_is_the_default_metric, Hpa) {
  BOOST_TEST(spec("{}", "metrics") == R"([{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},"type":"Resource"}])");
}

BOOST_FIXTURE_TEST_CASE(memory_needs_a_target, Hpa) {
  BOOST_TEST(spec("{scaleMetric: memory, scaleTarget: 70}", "metrics") ==
             R"([{"resource":{"name":"memory","target":{"averageUtilization":70,"type":"Utilization"}},"type":"Resource"}])");
}

BOOST_FIXTURE_TEST_CASE(memory_without_a_target_is_no_metric, Hpa) { BOOST_TEST(spec("{scaleMetric: memory}", "metrics") == ""); }

BOOST_FIXTURE_TEST_CASE(concurrency_is_no_metric, Hpa) { BOOST_TEST(spec("{scaleMetric: concurrency, scaleTarget: 5}", "metrics") == ""); }

BOOST_FIXTURE_TEST_CASE(cpu_targets_are_always_a_utilization, Hpa) {
  BOOST_TEST(metrics("[{resource: {name: cpu, target: {type: AverageValue, averageValue: '1'}}}]") ==
             R"([{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},"type":"Resource"}])");
}

BOOST_FIXTURE_TEST_CASE(quantities_are_written_as_kubernetes_writes_them, Hpa) {
  BOOST_TEST(metrics("[{resource: {name: memory, target: {type: AverageValue, averageValue: '1024000Ki'}}}, {type: External}]") ==
             R"([{"resource":{"name":"memory","target":{"averageValue":"1000Mi","type":"AverageValue"}},"type":"Resource"}])");
}

BOOST_FIXTURE_TEST_CASE(memory_by_value_leaves_an_empty_target, Hpa) {
  BOOST_TEST(metrics("[{resource: {name: memory, target: {type: Value, value: '1'}}}]") == R"([{"resource":{"name":"memory","target":{"type":""}},"type":"Resource"}])");
}
