#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::IrisWorld;

struct Ports : IrisWorld {
  std::string ports(const std::string& containers, const std::string& extension = "{}") {
    predictor("{pod: {containers: " + containers + "}, extension: " + extension + "}").lower();
    return at("Service", "spec.ports");
  }
};

BOOST_FIXTURE_TEST_CASE(a_container_without_ports_is_served_at_8080_under_the_name_of_the_component, Ports) {
  BOOST_TEST(ports("[{name: a}]") == R"([{"name":"iris-predictor","port":80,"protocol":"TCP","targetPort":8080}])");
}

BOOST_FIXTURE_TEST_CASE(the_first_port_becomes_80_and_keeps_a_missing_protocol_missing, Ports) {
  BOOST_TEST(ports("[{name: a, ports: [{containerPort: 9000}, {containerPort: 9001, name: b}]}]") ==
             R"([{"port":80,"targetPort":9000},{"name":"b","port":9001,"protocol":"TCP","targetPort":9001}])");
}

BOOST_FIXTURE_TEST_CASE(ports_named_grpc_or_h2c_speak_http2, Ports) {
  BOOST_TEST(ports("[{name: a, ports: [{containerPort: 1, name: my-grpc, protocol: TCP}, {containerPort: 2, name: GRPC, protocol: UDP}]}]") ==
             R"([{"appProtocol":"kubernetes.io/h2c","name":"my-grpc","port":80,"protocol":"TCP","targetPort":1},{"name":"GRPC","port":2,"protocol":"UDP","targetPort":2}])");
}

BOOST_FIXTURE_TEST_CASE(a_collocated_transformer_takes_the_requests, Ports) {
  BOOST_TEST(ports("[{name: kserve-container, ports: [{containerPort: 1}]}, {name: transformer-container, ports: [{containerPort: 2, protocol: TCP}]}]") ==
             R"([{"port":80,"protocol":"TCP","targetPort":2}])");
}

BOOST_FIXTURE_TEST_CASE(a_logger_or_batcher_puts_the_agent_before_the_first_port, Ports) {
  BOOST_TEST(ports("[{name: a, ports: [{containerPort: 1, protocol: TCP}, {containerPort: 2, protocol: TCP}]}]", "{logger: {mode: all}}") ==
             R"([{"port":80,"protocol":"TCP","targetPort":9081},{"port":2,"protocol":"TCP","targetPort":2}])");
}

BOOST_FIXTURE_TEST_CASE(the_batcher_alone_does_so_too, Ports) {
  BOOST_TEST(ports("[{name: a}]", "{batcher: {}}") == R"([{"name":"iris-predictor","port":80,"protocol":"TCP","targetPort":9081}])");
}

BOOST_FIXTURE_TEST_CASE(services_are_headless_when_the_configuration_says_so, Ports) {
  config("{service: {serviceClusterIPNone: true}}");
  ports("[{name: a}]");
  BOOST_TEST(at("Service", "spec.clusterIP") == R"("None")");
}
