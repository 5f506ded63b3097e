#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

static constexpr std::string_view kLogger = "internal.serving.kserve.io/logger: 'true'",
                                  kBatcher = "internal.serving.kserve.io/batcher: 'true'";

// The agent's args from the first that is `flag` on, as many as given.
static std::string args_from(const World& w, std::string_view flag, size_t count) {
  Arena arena;
  const std::string args = w.at("spec.containers[1].args");
  const View list = parse_yaml(args, arena);
  std::string out;
  for (size_t i = 0, left = 0; i < list.items().size(); ++i) {
    const std::string_view arg = list.item(i).text();
    if (arg == flag) left = count;
    if (left > 0) out += cat(out.empty() ? "" : " ", arg), --left;
  }
  return out;
}

BOOST_AUTO_TEST_SUITE(agent)

BOOST_AUTO_TEST_CASE(the_presence_of_an_annotation_is_enough) {
  World w;
  w.mutate(pod("internal.serving.kserve.io/batcher: 'false'"));
  BOOST_TEST(w.at("spec.containers[1]") == yaml(R"(
name: agent
image: kserve/agent:latest
args: [--enable-batcher, --component-port, '8080']
ports: [{name: agent-port, containerPort: 9081, protocol: TCP}]
resources: {limits: {cpu: '1', memory: 1Gi}, requests: {cpu: 100m, memory: 100Mi}}
readinessProbe: {httpGet: {path: /, port: 9081, scheme: HTTP, httpHeaders: [{name: K-Network-Probe, value: queue}]}}
)"));
}

BOOST_AUTO_TEST_CASE(a_container_named_agent_stops_the_injection) {
  World w;
  w.mutate(
      "{metadata: {annotations: {internal.serving.kserve.io/logger: 'true'}}, spec: {containers: [{name: kserve-container}, {name: "
      "agent}]}}");
  BOOST_TEST(w.at("spec.containers[1]") == yaml("{name: agent}"));
}

BOOST_AUTO_TEST_CASE(the_logger_always_has_its_first_seven_pairs) {
  World w;
  w.mutate(pod(kLogger));
  BOOST_TEST(w.at("spec.containers[1].args") ==
             yaml("[--log-url, 'http://default-broker', --source-uri, '', --log-mode, all, --inference-service, iris, --namespace, "
                  "default, --endpoint, '', --component, predictor, "
                  "--logger-tls-skip-verify, 'false', --component-port, '8080']"));
}

BOOST_AUTO_TEST_CASE(annotations_set_sink_mode_and_metadata) {
  World w;
  w.mutate(pod(cat(
      kLogger,
      ", internal.serving.kserve.io/logger-sink-url: 'http://x', internal.serving.kserve.io/logger-mode: '', team: a, "
      "internal.serving.kserve.io/logger-metadata-headers: 'h1,h2', internal.serving.kserve.io/logger-metadata-annotations: 'team,none'")));
  BOOST_TEST(args_from(w, "--log-url", 2) == "--log-url http://x");
  BOOST_TEST(args_from(w, "--log-mode", 2) == "--log-mode ");
  BOOST_TEST(args_from(w, "--metadata-headers", 4) == "--metadata-headers h1,h2 --metadata-annotations team=a");
  BOOST_TEST(w.reported(Code::AnnotationNotFound));
}

BOOST_AUTO_TEST_CASE(the_batchers_limits_come_from_annotations_only) {
  World w;
  w.mutate(
      pod(cat(kBatcher, ", internal.serving.kserve.io/batcher-max-batchsize: '8', internal.serving.kserve.io/batcher-max-latency: '50'")));
  BOOST_TEST(args_from(w, "--enable-batcher", 5) == "--enable-batcher --max-batchsize 8 --max-latency 50");
}

static std::string args_with_logger(std::string_view logger_of_isvc) {
  World w;
  w.config("{logger: {storage: {path: /cfg, parameters: {format: csv}}, marshallerUrl: 'http://cfg', batchSize: 3, batchInterval: 1s}}");
  if (!logger_of_isvc.empty()) w.isvc(cat("{spec: {predictor: {logger: ", logger_of_isvc, "}}}"));
  w.mutate(pod(kLogger));
  return args_from(w, "predictor", 11);
}

BOOST_AUTO_TEST_CASE(the_configured_store_holds_for_services_without_a_logger) {
  BOOST_TEST(
      args_with_logger("") ==
      "predictor --log-store-path /cfg --log-store-format csv --log-marshaller-url http://cfg --log-batch-size 3 --log-batch-interval 1s");
}

BOOST_AUTO_TEST_CASE(a_logger_of_the_predictor_drops_the_configured_store) {
  BOOST_TEST(args_with_logger("{mode: all}") ==
             "predictor --log-marshaller-url http://cfg --log-batch-size 3 --log-batch-interval 1s --logger-tls-skip-verify false "
             "--component-port 8080");
}

BOOST_AUTO_TEST_CASE(a_logger_of_the_predictor_overrides_what_it_sets) {
  BOOST_TEST(args_with_logger("{storage: {path: /own}, marshallerUrl: 'http://own', batchSize: 0, batchInterval: 2s}") ==
             "predictor --log-store-path /own --log-marshaller-url http://own --log-batch-interval 2s --logger-tls-skip-verify false "
             "--component-port 8080");
}

BOOST_AUTO_TEST_CASE(a_log_store_needs_credentials_of_its_own_account) {
  World w;
  w.add("{apiVersion: v1, kind: ServiceAccount, metadata: {name: logger-sa}, secrets: [{name: s}]}")
      .add("{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {HF_TOKEN: t}}");
  w.isvc("{spec: {predictor: {logger: {storage: {path: /p}}}}}").mutate(pod(kLogger));
  BOOST_TEST(w.at("spec.containers[1].env") == yaml("[{name: HF_TOKEN, valueFrom: {secretKeyRef: {name: s, key: HF_TOKEN}}}]"));
}

BOOST_AUTO_TEST_CASE(tls_settings_come_from_the_configuration) {
  World w;
  w.config("{logger: {caBundle: ca, caCertFile: x.crt, tlsSkipVerify: true}}").mutate(pod(kLogger));
  BOOST_TEST(args_from(w, "--logger-ca-cert-file", 4) == "--logger-ca-cert-file x.crt --logger-tls-skip-verify true");
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: agent-ca-bundle, configMap: {name: ca, optional: true}}]"));
  BOOST_TEST(w.at("spec.containers[1].volumeMounts") == yaml("[{name: agent-ca-bundle, mountPath: /etc/tls/logger, readOnly: true}]"));
}

// --- port and readiness ---

static std::string with_containers(std::string_view containers) {
  return cat("metadata: {annotations: {", kLogger, "}}\nspec: {containers: [", containers, "]}");
}

static std::string port_of(std::string_view containers) {
  World w;
  w.mutate(with_containers(containers));
  Arena arena;
  const View list = parse_yaml(arena.copy(w.at("spec.containers")), arena);
  const View args = list.item(list.items().size() - 1)["args"];
  return std::string(args.item(args.items().size() - 1).text());
}

BOOST_AUTO_TEST_CASE(requests_go_on_to_the_first_port_of_the_server) {
  BOOST_TEST(port_of("{name: kserve-container, ports: [{containerPort: 9000}, {containerPort: 9001}]}") == "9000");
  BOOST_TEST(port_of("{name: kserve-container}") == "8080");
}

BOOST_AUTO_TEST_CASE(a_transformer_container_is_asked_first) {
  BOOST_TEST(
      port_of("{name: kserve-container, ports: [{containerPort: 9000}]}, {name: transformer-container, ports: [{containerPort: 7000}]}") ==
      "7000");
  BOOST_TEST(port_of("{name: kserve-container, ports: [{containerPort: 9000}]}, {name: transformer-container}") == "8080");
}

BOOST_AUTO_TEST_CASE(the_servers_probe_is_passed_on_in_go_order) {
  World w;
  w.mutate(
      with_containers("{name: kserve-container, readinessProbe: {failureThreshold: 3, periodSeconds: 10, httpGet: {scheme: HTTP, port: "
                      "8080, path: '/v2?a&b', httpHeaders: "
                      "[{value: x, name: h}]}}}"));
  BOOST_TEST(
      w.text_at("spec.containers[1].env[0].value") ==
      R"({"httpGet":{"path":"/v2?a\u0026b","port":8080,"scheme":"HTTP","httpHeaders":[{"name":"h","value":"x"}]},"periodSeconds":10,"failureThreshold":3})");
  BOOST_TEST(w.at("spec.containers[1].readinessProbe.httpGet.path") == "\"/v2?a&b\"");
}

BOOST_AUTO_TEST_CASE(a_command_probe_cannot_be_passed_on) {
  World w;
  w.mutate(with_containers("{name: kserve-container, readinessProbe: {exec: {command: [x]}}}"));
  BOOST_TEST(w.at("spec.containers[1].env") == "");
}

BOOST_AUTO_TEST_CASE(the_agent_runs_with_the_first_containers_security) {
  World w;
  w.mutate(with_containers("{name: kserve-container, securityContext: {runAsNonRoot: true}}"));
  BOOST_TEST(w.at("spec.containers[1].securityContext") == yaml("{runAsNonRoot: true}"));
}

BOOST_AUTO_TEST_CASE(behind_queue_proxy_the_agent_has_a_copy_of_its_env) {
  World w;
  w.knative().mutate(with_containers("{name: kserve-container, readinessProbe: {tcpSocket: {port: 1}}}"));
  BOOST_TEST(w.at("spec.containers[1].env") == yaml("[{name: USER_PORT, value: '8080'}]"));
  BOOST_TEST(w.at("spec.containers[2]") == "");
}

BOOST_AUTO_TEST_CASE(a_queue_proxy_of_the_template_then_calls_the_agent) {
  World w;
  w.mutate(with_containers("{name: kserve-container}, {name: queue-proxy, env: [{name: USER_PORT, value: '80'}]}"));
  BOOST_TEST(w.at("spec.containers[1].env") == yaml("[{name: USER_PORT, value: '9081'}]"));
  BOOST_TEST(w.at("spec.containers[2].env") == yaml("[{name: USER_PORT, value: '80'}]"));
}

// --- several models ---

static constexpr std::string_view kPuller =
    "internal.serving.kserve.io/agent: 'true', internal.serving.kserve.io/configMountPath: /mnt/configs";

BOOST_AUTO_TEST_CASE(the_puller_shares_models_and_reads_their_list) {
  World w;
  w.mutate(pod(cat(kPuller, ", internal.serving.kserve.io/modelDir: /m, internal.serving.kserve.io/configVolumeName: cm")));
  BOOST_TEST(args_from(w, "--enable-puller", 5) == "--enable-puller --config-dir /mnt/configs --model-dir /m");
  BOOST_TEST(w.at("spec.volumes") == yaml("[{name: model-dir, emptyDir: {}}, {name: model-config, configMap: {name: cm}}]"));
  BOOST_TEST(w.at("spec.containers[0].volumeMounts") == yaml("[{name: model-dir, mountPath: /mnt/models}]"));
  BOOST_TEST(w.at("spec.containers[1].volumeMounts") ==
             yaml("[{name: model-dir, mountPath: /mnt/models}, {name: model-config, mountPath: /mnt/configs}]"));
}

BOOST_AUTO_TEST_CASE(a_puller_without_its_annotations_is_refused) {
  World w;
  w.mutate(pod(kPuller));
  BOOST_TEST(w.error() == "can not find internal.serving.kserve.io/configVolumeName label");
}

BOOST_AUTO_TEST_SUITE_END()
