#include "base/text.h"
#include "inject/agent_args.h"
#include "inject/credentials.h"
#include "inject/passes.h"
#include "inject/pod_values.h"
#include "inject/readiness.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

constexpr std::string_view kCaVolume = "agent-ca-bundle", kModelVolume = "model-dir", kConfigVolume = "model-config";
constexpr int64_t kAgentPort = 9081;

const Node* agent_probe(std::string_view path, Make make) {
  const Node* header = make.map({{"name", make.text("K-Network-Probe")}, {"value", make.text("queue")}});
  return make.map({{"httpGet", make.map({{"httpHeaders", make.list({header})},
                                         {"path", make.text(path)},
                                         {"port", make.integer(kAgentPort)},
                                         {"scheme", make.text("HTTP")}})}});
}

const Node* agent_container(PodMutation& pod, AgentDuties duties, const LoggerSettings& logger, Make make) {
  const AgentConfig& config = pod.context.config().agent.value;
  const AgentReadiness readiness = agent_readiness(pod, make);
  const Node* port =
      make.map({{"containerPort", make.integer(kAgentPort)}, {"name", make.text("agent-port")}, {"protocol", make.text("TCP")}});
  const View security = pod.spec.containers.empty() ? View() : pod.spec.containers.front().get("securityContext");
  return make.map({{"args", make.texts(agent_args(pod, duties, logger))},
                   {"env", readiness.env.empty() ? nullptr : make.list(readiness.env)},
                   {"image", text_or_absent(make, config.image)},
                   {"name", make.text(names::kAgentContainer)},
                   {"ports", make.list({port})},
                   {"readinessProbe", agent_probe(readiness.probe_path, make)},
                   {"resources", resources(make, config.resource)},
                   {"securityContext", security.node()}});
}

// Optional: the pod starts without the ConfigMap too.
void mount_logger_ca(ContainerEdit& agent, PodEdit& pod, const std::string& config_map, Make make) {
  pod.volumes.push_back(
      volume(make, kCaVolume, "configMap", make.map({{"name", make.text(config_map)}, {"optional", make.boolean(true)}})));
  agent.mounts.push_back(volume_mount(make, kCaVolume, "/etc/tls/logger", Access::ReadOnly));
}

// The pod's account, and the one that may write logs to a bucket.
std::string add_agent_credentials(CredentialTarget target, AgentDuties duties, const LoggerSettings& logger, const InjectContext& context) {
  std::string error = add_account_credentials(target.pod.get("serviceAccountName").text(), target, context);
  if (!error.empty() || !duties.logger || !logger.has_storage) return error;
  return add_account_credentials(logger.storage_account, target, context);
}

// Into every container of that name, without a look at what it mounts.
void mount_everywhere(PodEdit& pod, std::string_view name, const Node* mount) {
  for (ContainerEdit& container : pod.containers)
    if (container.name() == name) container.mounts.push_back(mount);
}

// Upstream names configVolumeName when modelDir is missing too.
std::string mount_models_and_config(PodMutation& pod, Make make) {
  const View config_map = pod.context.annotation(names::kConfigVolumeName);
  if (!pod.context.annotation(names::kModelDir) || !config_map) return cat("can not find ", names::kConfigVolumeName, " label");
  const Node* models = volume_mount(make, kModelVolume, names::kModelMountPath, Access::ReadWrite);
  pod.spec.add_volume_unless_present(empty_dir_volume(make, kModelVolume));
  mount_everywhere(pod.spec, names::kAgentContainer, models);
  mount_everywhere(pod.spec, names::kKserveContainer, models);
  pod.spec.add_volume_unless_present(config_map_volume(make, kConfigVolume, config_map.text()));
  mount_everywhere(pod.spec, names::kAgentContainer, volume_mount(make, kConfigVolume, "/mnt/configs", Access::ReadWrite));
  return {};
}

}  // namespace

std::string inject_agent(PodMutation& pod) {
  const AgentDuties duties = agent_duties(pod.context.annotations);
  if (!duties.any() || pod.spec.container(names::kAgentContainer)) return {};
  const LoggerConfig& config = pod.context.config().logger.value;
  const LoggerSettings logger = logger_settings(pod.isvc, config);
  const Make make = pod.context.scratch.make(Pass::Agent);
  ContainerEdit agent(agent_container(pod, duties, logger, make), make);
  if (duties.logger && !config.ca_bundle.empty()) mount_logger_ca(agent, pod.spec, config.ca_bundle, make);
  std::string error = add_agent_credentials({agent, pod.spec}, duties, logger, pod.context);
  if (!error.empty()) return error;
  pod.spec.containers.push_back(std::move(agent));
  return duties.puller ? mount_models_and_config(pod, make) : std::string();
}

}  // namespace isvcc
