// Pods that contradict themselves: W0904 to W0909 and W0913.
#include <boost/test/unit_test.hpp>

#include "linted.h"

using namespace isvcc::test;

BOOST_AUTO_TEST_CASE(gpus_of_two_vendors_in_one_pod_are_told) {
  const std::string nvidia = "resources: {limits: {nvidia.com/gpu: '1'}}, ", amd = "resources: {limits: {amd.com/gpu: '1'}}, ";
  BOOST_TEST(Linted(runtime(nvidia) + service(amd)).count("W0904") == 1);
  BOOST_TEST(Linted(runtime(nvidia) + service(nvidia)).count("W0904") == 0);
}

BOOST_AUTO_TEST_CASE(a_probe_of_another_port_than_the_arguments_name_is_told) {
  const auto probing = [](const std::string& port) { return runtime("args: ['--http_port=8080'], readinessProbe: {httpGet: {path: /, port: " + port + "}}, "); };
  BOOST_TEST(Linted(probing("9000") + service()).count("W0905") == 1);
  BOOST_TEST(Linted(probing("8080") + service()).count("W0905") == 0);
}

BOOST_AUTO_TEST_CASE(a_flag_of_runtime_and_service_is_told) {
  const std::string args = "args: ['--depth=1'], ";
  BOOST_TEST(Linted(runtime(args) + service("args: ['--depth=2'], ")).count("W0906") == 1);
  BOOST_TEST(Linted(runtime(args) + service("args: ['--width=2'], ")).count("W0906") == 0);
}

BOOST_AUTO_TEST_CASE(limits_that_the_configuration_adds_are_told) {
  const auto custom = [](const std::string& resources) {
    return "---\n{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: iris, namespace: ml}, spec: {predictor: {containers: [{" + resources +
           "name: kserve-container, image: own:1}]}}}\n";
  };
  BOOST_TEST(Linted(custom("")).count("W0907") == 1);
  BOOST_TEST(Linted(custom("resources: {limits: {cpu: '1', memory: 2Gi}, requests: {cpu: '1', memory: 2Gi}}, ")).count("W0907") == 0);
}

BOOST_AUTO_TEST_CASE(a_secret_in_clear_text_is_told) {
  BOOST_TEST(Linted(runtime() + service("env: [{name: DB_PASSWORD, value: hunter2}], ")).count("W0908") == 1);
  BOOST_TEST(Linted(runtime() + service("env: [{name: X, value: ghp_0123456789abcdef0123}], ")).count("W0908") == 1);
  BOOST_TEST(Linted(runtime() + service("env: [{name: TOKENIZER_PATH, value: /mnt/models}], ")).count("W0908") == 0);
}

BOOST_AUTO_TEST_CASE(what_flux_would_substitute_is_told_for_flux_only) {
  const std::string env = "env: [{name: HOME, value: '${HOME}/models'}], ";
  BOOST_TEST(Linted(runtime() + service(env), "flux").count("W0909") == 1);
  BOOST_TEST(Linted(runtime() + service(env), "tree").count("W0909") == 0);
  BOOST_TEST(Linted(runtime() + service("env: [{name: HOME, value: '$(HOME)/models'}], "), "flux").count("W0909") == 0);
}

BOOST_AUTO_TEST_CASE(a_pod_that_the_api_server_would_refuse_is_told) {
  const std::string above = "resources: {requests: {cpu: '4'}, limits: {cpu: '1'}}, ", below = "resources: {requests: {cpu: '1'}, limits: {cpu: '4'}}, ";
  const std::string standard = "annotations: {serving.kserve.io/deploymentMode: Standard}, ";
  const Linted linted(runtime() + service(above, "", standard));
  BOOST_TEST(linted.count("W0913") == 1);
  BOOST_TEST(linted.finding("W0913").upstream == "spec.template.spec.containers[0].resources.requests: Invalid value: \"4\": must be less than or equal to cpu limit of 1");
  BOOST_TEST(Linted(runtime() + service(below, "", standard)).count("W0913") == 0);
}

BOOST_AUTO_TEST_CASE(pods_that_knative_would_make_keep_the_rules_too) {
  const Linted linted(runtime() + service("resources: {limits: {gpu: 1}}, "));
  BOOST_TEST(linted.count("W0913") == 1);
  BOOST_TEST(linted.finding("W0913").message.starts_with("the API server would refuse the pods of Knative Service 'iris-predictor', which KServe creates for the service: there is no resource 'gpu'"));
  // Knative completes such a probe.
  BOOST_TEST(Linted(runtime() + service("resources: {limits: {nvidia.com/gpu: 1}}, readinessProbe: {periodSeconds: 5}, ")).count("W0913") == 0);
}
