#include "inject/ca_bundle.h"

#include "inject/model_uri.h"
#include "inject/pod_values.h"

namespace isvcc {

static constexpr std::string_view kVolume = "cabundle-cert", kGlobalBundle = "global-ca-bundle", kDefaultPath = "/etc/ssl/custom-certs";

// Outside KServe's own namespace the controller keeps a copy of the configured bundle under a name of its own.
static CaBundle configured_bundle(const InjectContext& context) {
  const StorageInitializerConfig& config = context.config().storage_initializer.value;
  const bool at_home = context.namespace_ == context.profile.kserve_namespace;
  return {at_home ? config.ca_bundle_config_map : std::string(kGlobalBundle),
          config.ca_bundle_mount_path.empty() ? std::string(kDefaultPath) : config.ca_bundle_mount_path};
}

std::optional<CaBundle> choose_ca_bundle(const ContainerEdit& initializer, const InjectContext& context) {
  const bool wanted =
      !context.config().storage_initializer.value.ca_bundle_config_map.empty() || initializer.env_entry("AWS_CA_BUNDLE_CONFIGMAP");
  if (!wanted) return std::nullopt;
  CaBundle bundle = configured_bundle(context);
  for (const View entry : initializer.env) {
    const std::string_view name = entry["name"].text(), value = entry["value"].text();
    if (name == "AWS_CA_BUNDLE_CONFIGMAP") bundle.config_map = value;
    if (name == "AWS_CA_BUNDLE") bundle.mount_path = directory_of(value);
  }
  return bundle;
}

void add_ca_bundle(const CaBundle& bundle, ContainerEdit& initializer, PodEdit& pod, Make make) {
  initializer.add_env_unless_present(env_value(make, "CA_BUNDLE_CONFIGMAP_NAME", bundle.config_map));
  initializer.add_env_unless_present(env_value(make, "CA_BUNDLE_VOLUME_MOUNT_POINT", bundle.mount_path));
  pod.volumes.push_back(config_map_volume(make, kVolume, bundle.config_map));
  initializer.mounts.push_back(volume_mount(make, kVolume, bundle.mount_path, Access::ReadOnly));
}

}  // namespace isvcc
