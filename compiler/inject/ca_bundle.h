#pragma once
// The CA bundle of the storage initializer: which ConfigMap, mounted where. Decided before the ClusterStorageContainer is merged in,
// applied after it.
#include <optional>
#include <string>

#include "inject/context.h"

namespace isvcc {

struct CaBundle {
  std::string config_map, mount_path;
};

// Nothing when neither the configuration nor the container's env asks for one.
std::optional<CaBundle> choose_ca_bundle(const ContainerEdit& initializer, const InjectContext& context);
void add_ca_bundle(const CaBundle& bundle, ContainerEdit& initializer, PodEdit& pod, Make make);

}  // namespace isvcc
