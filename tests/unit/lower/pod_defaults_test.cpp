#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::World;

struct Pod : World {
  std::string defaulted(std::string_view pod, std::string_view path) { return json(find(default_pod_spec(parse(pod), scratch()), path)); }
};

BOOST_FIXTURE_TEST_CASE(pod_fields_that_are_unset_get_the_defaults_of_the_api_server, Pod) {
  BOOST_TEST(defaulted("{dnsPolicy: Default, containers: [{name: a}]}", "dnsPolicy") == R"("Default")");
  BOOST_TEST(defaulted("{containers: []}", "dnsPolicy") == R"("ClusterFirst")");
  BOOST_TEST(defaulted("{restartPolicy: '', containers: []}", "restartPolicy") == R"("Always")");
  BOOST_TEST(defaulted("{containers: []}", "securityContext") == "{}");
  BOOST_TEST(defaulted("{terminationGracePeriodSeconds: 0, containers: []}", "terminationGracePeriodSeconds") == "0");
}

BOOST_FIXTURE_TEST_CASE(the_pull_policy_is_IfNotPresent_even_for_latest, Pod) {
  BOOST_TEST(defaulted("{containers: [{name: a, image: 'x:latest'}]}", "containers[0].imagePullPolicy") == R"("IfNotPresent")");
}

BOOST_FIXTURE_TEST_CASE(init_containers_get_no_defaults, Pod) {
  BOOST_TEST(defaulted("{initContainers: [{name: i}], containers: [{name: a}]}", "initContainers") == R"([{"name":"i"}])");
}

BOOST_FIXTURE_TEST_CASE(the_default_probe_asks_the_first_port_whatever_it_is_for, Pod) {
  BOOST_TEST(defaulted("{containers: [{name: kserve-container, ports: [{containerPort: 9000, name: h2c}, {containerPort: 8080}]}]}", "containers[0].readinessProbe.tcpSocket") == R"({"port":9000})");
  BOOST_TEST(defaulted("{containers: [{name: transformer-container}]}", "containers[0].readinessProbe.tcpSocket") == R"({"port":8080})");
}

BOOST_FIXTURE_TEST_CASE(only_serving_containers_without_a_probe_get_one, Pod) {
  BOOST_TEST(defaulted("{containers: [{name: sidecar}]}", "containers[0].readinessProbe") == "");
  BOOST_TEST(defaulted("{containers: [{name: kserve-container, readinessProbe: {periodSeconds: 1}}]}", "containers[0].readinessProbe") == R"({"periodSeconds":1})");
}
