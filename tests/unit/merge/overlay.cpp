#include "merge/overlay.h"

#include <boost/test/unit_test.hpp>

#include "load/reader.h"

using namespace isvcc;

static std::string overlaid(std::string_view base, std::string_view over) {
  Arena arena;
  const Schema& predictor = *builtin_schemas("v0.20.0").type("PredictorSpec");
  return brief(overlay_struct(parse_yaml(base, arena), parse_yaml(over, arena), predictor, arena), 1000);
}

BOOST_AUTO_TEST_CASE(a_non_empty_list_replaces_the_whole_list) {
  BOOST_TEST(overlaid("{tolerations: [{key: a}, {key: b}]}", "{tolerations: [{key: c}]}") == R"({"tolerations":[{"key":"c"}]})");
  BOOST_TEST(overlaid("{tolerations: [{key: a}]}", "{tolerations: []}") == R"({"tolerations":[{"key":"a"}]})");
}

BOOST_AUTO_TEST_CASE(a_zero_scalar_replaces_nothing_but_fills_a_gap) {
  BOOST_TEST(overlaid("{minReplicas: 3}", "{minReplicas: 0}") == R"({"minReplicas":3})");
  BOOST_TEST(overlaid("{}", "{minReplicas: 0}") == R"({"minReplicas":0})");
}

BOOST_AUTO_TEST_CASE(structs_recurse_and_maps_are_taken_key_by_key) {
  BOOST_TEST(overlaid("{model: {storageUri: a, runtime: r}}", "{model: {storageUri: b}}") == R"({"model":{"storageUri":"b","runtime":"r"}})");
  BOOST_TEST(overlaid("{nodeSelector: {a: '1', b: '2'}}", "{nodeSelector: {b: ''}}") == R"({"nodeSelector":{"a":"1","b":""}})");
}

BOOST_AUTO_TEST_CASE(a_port_number_does_not_replace_a_port_name) {
  BOOST_TEST(overlaid("{model: {readinessProbe: {tcpSocket: {port: http}}}}", "{model: {readinessProbe: {tcpSocket: {port: 80}}}}") ==
             R"({"model":{"readinessProbe":{"tcpSocket":{"port":"http"}}}})");
}
