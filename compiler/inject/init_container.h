#pragma once
// The storage initializer: the init container that downloads a model, put together from configuration, credentials, CA bundle,
// ClusterStorageContainer and defaults, in that order.
#include <optional>
#include <string>

#include "inject/context.h"
#include "inject/pod_values.h"
#include "inject/storage_spec.h"

namespace isvcc {

// The volume that downloads go to, as it is mounted into the model's containers and the initializer.
struct ModelMount {
  std::string volume, path, sub_path;
  std::string claim;  // empty: an emptyDir
  Access access = Access::ReadOnly;
};

enum class MountInto { Readers, ReadersAndInitializer };
// Mounts it into the containers that see the model and, always writable, the initializer; the first mount brings the volume
// (AddModelMount).
void mount_model(const ModelMount& mount, PodEdit& pod, MountInto into, const InjectContext& context);

// A bare init container with these args, appended to the pod (CreateInitContainerWithConfig).
ContainerEdit& append_initializer(PodEdit& pod, const Node* args, const InjectContext& context);

// Everything that comes after the mounts: credentials, CA bundle, ClusterStorageContainer (may be null), default env, confidential env.
// Returns KServe's error text; what was done before stays done.
std::string complete_initializer(ContainerEdit& initializer, PodEdit& pod, const std::optional<StorageSpec>& storage_spec,
                                 const Object* storage_container, const InjectContext& context);

}  // namespace isvcc
