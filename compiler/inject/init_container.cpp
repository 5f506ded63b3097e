#include "inject/init_container.h"

#include "base/text.h"
#include "inject/ca_bundle.h"
#include "inject/credentials.h"
#include "inject/storage_container_merge.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

// The API server refuses what KServe does not see: it compares names, the server paths.
void warn_taken_path(const ContainerEdit& container, const ModelMount& mount, Diagnostics& diags) {
  for (const View other : container.mounts)
    if (other["mountPath"].text() == mount.path)
      diags.report(Code::MountPathTaken, Stage::Render, other,
                   cat("container ", quote(container.name()), " mounts volume ", quote(other["name"].text()), " at ", quote(mount.path),
                       ", where KServe mounts the model"));
}

bool mount_into(ContainerEdit& container, const ModelMount& mount, Access access, const InjectContext& context) {
  if (container.mounts_volume(mount.volume)) return false;
  warn_taken_path(container, mount, context.scratch.diags);
  const Make make = context.scratch.make(Pass::StorageInitializer);
  container.mounts.push_back(volume_mount(make, mount.volume, mount.path, access, mount.sub_path));
  return true;
}

const Node* model_volume(const ModelMount& mount, Make make) {
  if (mount.claim.empty()) return empty_dir_volume(make, mount.volume);
  return volume(make, mount.volume, "persistentVolumeClaim", make.map({{"claimName", make.text(mount.claim)}}));
}

// Regular containers come first; one that mounts the volume already sends KServe on to an init container of the same name.
bool mount_into_named(std::string_view name, const ModelMount& mount, PodEdit& pod, const InjectContext& context) {
  ContainerEdit* container = pod.container(name);
  if (container && mount_into(*container, mount, mount.access, context)) return true;
  ContainerEdit* init = pod.init_container(name);
  return init && mount_into(*init, mount, Access::ReadWrite, context);
}

constexpr std::pair<std::string_view, std::string_view> kHuggingFaceEnv[] = {
    {"HF_HUB_ENABLE_HF_TRANSFER", "1"}, {"HF_XET_HIGH_PERFORMANCE", "1"}, {"HF_XET_NUM_CONCURRENT_RANGE_GETS", "8"}};

void add_default_env(ContainerEdit& initializer, Make make) {
  for (const auto& [name, value] : kHuggingFaceEnv)
    if (!initializer.env_entry(name)) initializer.env.push_back(env_value(make, name, value));
}

void add_confidential_env(ContainerEdit& initializer, const InjectContext& context, Make make) {
  if (!context.profile.has(Feature::ConfidentialModels) || context.annotation(names::kConfidentialEnabled).text() != "true") return;
  initializer.set_env(make, "CONFIDENTIAL_ENABLED", "true");
  const std::string_view resource = context.annotation(names::kConfidentialResourceId).text();
  if (!resource.empty()) initializer.set_env(make, "CONFIDENTIAL_RESOURCE_ID", resource);
}

std::string add_credentials(ContainerEdit& initializer, PodEdit& pod, const std::optional<StorageSpec>& storage_spec,
                            const InjectContext& context) {
  if (storage_spec) return add_storage_spec(*storage_spec, initializer, context);
  return add_account_credentials(pod.get("serviceAccountName").text(), {initializer, pod}, context);
}

}  // namespace

void mount_model(const ModelMount& mount, PodEdit& pod, MountInto into, const InjectContext& context) {
  bool mounted = false;
  for (const ContainerEdit* reader : model_readers(pod)) mounted |= mount_into_named(reader->name(), mount, pod, context);
  if (into == MountInto::ReadersAndInitializer) mounted |= mount_into_named(names::kStorageInitializer, mount, pod, context);
  if (mounted) pod.add_volume_unless_present(model_volume(mount, context.scratch.make(Pass::StorageInitializer)));
}

ContainerEdit& append_initializer(PodEdit& pod, const Node* args, const InjectContext& context) {
  const StorageInitializerConfig& config = context.config().storage_initializer.value;
  const Make make = context.scratch.make(Pass::StorageInitializer);
  const std::string_view image = config.image.empty() ? std::string_view("kserve/storage-initializer:latest") : config.image;
  return pod.append_init_container(make.map({{"args", args},
                                             {"image", make.text(image)},
                                             {"name", make.text(names::kStorageInitializer)},
                                             {"resources", resources(make, config.resource)},
                                             {"terminationMessagePolicy", make.text("FallbackToLogsOnError")}}),
                                   make);
}

std::string complete_initializer(ContainerEdit& initializer, PodEdit& pod, const std::optional<StorageSpec>& storage_spec,
                                 const Object* storage_container, const InjectContext& context) {
  const Make make = context.scratch.make(Pass::StorageInitializer);
  std::string error = add_credentials(initializer, pod, storage_spec, context);
  if (!error.empty()) return error;
  const std::optional<CaBundle> bundle = choose_ca_bundle(initializer, context);
  if (storage_container) error = merge_storage_container(initializer, *storage_container, context);
  if (!error.empty()) return error;
  if (bundle) add_ca_bundle(*bundle, initializer, pod, make);
  add_default_env(initializer, make);
  add_confidential_env(initializer, context, make);
  return {};
}

}  // namespace isvcc
