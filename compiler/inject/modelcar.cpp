#include "inject/modelcar.h"

#include <algorithm>

#include "base/text.h"
#include "inject/pod_values.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

struct ModelcarNames {
  std::string sidecar = "modelcar", init = "modelcar-init", volume = "kserve-provision-location";
};

ModelcarNames names_of(size_t index) {
  ModelcarNames out;
  if (index == 0) return out;
  for (std::string* name : {&out.sidecar, &out.init, &out.volume}) *name += cat("-", index);
  return out;
}

bool is_shell_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_' || c == '-';
}

std::string shell_quoted(std::string_view text) {
  const bool safe = !text.empty() && std::all_of(text.begin(), text.end(), is_shell_safe);
  return safe ? std::string(text) : cat("'", replace_all(std::string(text), "'", "'\\''"), "'");
}

// Four dollar signs: Kubernetes halves them, the shell then sees its own process id.
std::string link_command(std::string_view path, const Profile& profile) {
  const auto quoted = [&](std::string_view text) {
    return profile.has(Feature::ModelcarPathQuoted) ? shell_quoted(text) : std::string(text);
  };
  const std::string make_parent = path == names::kModelMountPath ? "" : cat("mkdir -p ", quoted(directory_of(path)), " && ");
  return cat(make_parent, "ln -sf /proc/$$$$/root/models ", quoted(path), " && sleep infinity");
}

std::string check_command(std::string_view image) {
  return cat("echo 'Pre-fetching modelcar ", image,
             ": ' && [ -d /models ] && [ \"$$(ls -A /models)\" ] && echo 'OK ... Prefetched and valid (/models exists)' || (echo 'NOK ... "
             "Prefetched but modelcar is invalid (/models does not exist or is empty)' && exit 1)");
}

const Node* modelcar_resources(const StorageInitializerConfig& config, Make make) {
  const std::string cpu = config.cpu_modelcar.empty() ? "10m" : config.cpu_modelcar;
  const std::string memory = config.memory_modelcar.empty() ? "15Mi" : config.memory_modelcar;
  return resources(make, {cpu, memory, cpu, memory});
}

const Node* image_container(Make make, std::string_view name, std::string_view image, std::string_view command,
                            const StorageInitializerConfig& config) {
  return make.map({{"args", make.texts({"sh", "-c", command})},
                   {"image", text_or_absent(make, image)},
                   {"name", make.text(name)},
                   {"resources", modelcar_resources(config, make)},
                   {"terminationMessagePolicy", make.text("FallbackToLogsOnError")}});
}

void append_modelcar(const OciModel& model, const ModelcarNames& names, PodEdit& pod, const InjectContext& context) {
  const StorageInitializerConfig& config = context.config().storage_initializer.value;
  const Make make = context.scratch.make(Pass::OciModel);
  const std::string_view image = model.uri.image;
  ContainerEdit& sidecar =
      pod.append_container(image_container(make, names.sidecar, image, link_command(model.path, context.profile), config), make);
  sidecar.mounts.push_back(volume_mount(make, names.volume, parent_directory(model.path), Access::ReadWrite));
  if (config.uid_modelcar) sidecar.set_run_as_user(make, *config.uid_modelcar);
  pod.append_init_container(image_container(make, names.init, image, check_command(image), config), make);
}

}  // namespace

void add_modelcar(const OciModel& model, ContainerEdit& reader, PodEdit& pod, const InjectContext& context) {
  const Make make = context.scratch.make(Pass::OciModel);
  const std::optional<int64_t>& uid = context.config().storage_initializer.value.uid_modelcar;
  const ModelcarNames names = names_of(model.index);
  reader.set_env(make, "MODEL_INIT_MODE", "async");  // the server must wait: the link appears late
  pod.add_volume_unless_present(empty_dir_volume(make, names.volume));
  reader.add_mount_unless_present(volume_mount(make, names.volume, parent_directory(model.path), Access::ReadWrite));
  if (uid) reader.set_run_as_user(make, *uid);
  if (!pod.container(names.sidecar)) append_modelcar(model, names, pod, context);
  pod.set("shareProcessNamespace", make.boolean(true));
}

}  // namespace isvcc
