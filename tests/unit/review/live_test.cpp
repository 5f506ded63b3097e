#include "review/live.h"

#include <boost/test/unit_test.hpp>

#include "load/reader.h"

using namespace isvcc;

// What is left of a live object beside its rendering, both as YAML, as compact JSON.
static std::string left(std::string_view live, std::string_view rendered) {
  Arena arena;
  return brief(without_cluster_additions(parse_yaml(live, arena), parse_yaml(rendered, arena), arena), 10000);
}

BOOST_AUTO_TEST_CASE(bookkeeping_is_no_difference) {
  BOOST_TEST(left("{metadata: {name: a, uid: u, resourceVersion: '1', generation: 2, finalizers: [x], managedFields: [{}]}, status: {ready: true}}", "{metadata: {name: a}}") ==
             R"({"metadata":{"name":"a"}})");
}

BOOST_AUTO_TEST_CASE(a_default_is_taken_away_where_the_rendering_is_silent) {
  BOOST_TEST(left("{spec: {template: {spec: {dnsPolicy: ClusterFirst, containers: [{name: c, imagePullPolicy: Always, resources: {}}]}}}}", "{spec: {template: {spec: {containers: [{name: c}]}}}}") ==
             R"({"spec":{"template":{"spec":{"containers":[{"name":"c"}]}}}})");
}

BOOST_AUTO_TEST_CASE(another_value_than_the_default_stays) {
  BOOST_TEST(left("{spec: {dnsPolicy: None, sessionAffinity: ClientIP}}", "{spec: {}}") == R"({"spec":{"dnsPolicy":"None","sessionAffinity":"ClientIP"}})");
}

BOOST_AUTO_TEST_CASE(what_the_rendering_states_is_never_taken_away) {
  BOOST_TEST(left("{spec: {replicas: 4, clusterIP: None}}", "{spec: {replicas: 1, clusterIP: None}}") == R"({"spec":{"replicas":4,"clusterIP":"None"}})");
  BOOST_TEST(left("{spec: {replicas: 4, clusterIP: 10.0.0.1}}", "{spec: {}}") == R"({"spec":{}})");
}

BOOST_AUTO_TEST_CASE(items_are_compared_with_those_of_their_name) {
  BOOST_TEST(left("{ports: [{name: b, port: 1, protocol: UDP}, {name: a, port: 2, protocol: TCP, targetPort: 2}]}", "{ports: [{name: a, port: 2}, {name: b, port: 1, protocol: UDP}]}") ==
             R"({"ports":[{"name":"b","port":1,"protocol":"UDP"},{"name":"a","port":2}]})");
}

BOOST_AUTO_TEST_CASE(requests_that_repeat_the_limits_are_copies) {
  BOOST_TEST(left("{containers: [{name: c, resources: {limits: {cpu: 1, gpu: 2}, requests: {cpu: 1, gpu: 2}}}]}", "{containers: [{name: c, resources: {limits: {cpu: 1, gpu: 2}, requests: {cpu: 1}}}]}") ==
             R"({"containers":[{"name":"c","resources":{"limits":{"cpu":1,"gpu":2},"requests":{"cpu":1}}}]})");
}

BOOST_AUTO_TEST_CASE(owners_are_compared_without_their_uids) {
  BOOST_TEST(left("{metadata: {ownerReferences: [{name: s, uid: abc}]}}", "{metadata: {ownerReferences: [{name: s, uid: ''}]}}") == R"({"metadata":{"ownerReferences":[{"name":"s","uid":""}]}})");
}

BOOST_AUTO_TEST_CASE(annotations_of_controllers_are_theirs) {
  BOOST_TEST(left("{metadata: {annotations: {deployment.kubernetes.io/revision: '3', mine: x}}}", "{metadata: {annotations: {mine: x}}}") == R"({"metadata":{"annotations":{"mine":"x"}}})");
  BOOST_TEST(left("{metadata: {annotations: {deployment.kubernetes.io/revision: '3'}}}", "{metadata: {}}") == R"({"metadata":{}})");
}

BOOST_AUTO_TEST_CASE(an_annotation_by_hand_is_a_difference) {
  BOOST_TEST(left("{metadata: {annotations: {by: hand}}}", "{metadata: {}}") == R"({"metadata":{"annotations":{"by":"hand"}}})");
}
