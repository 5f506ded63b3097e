#include "base/text.h"
#include "inject/init_container.h"
#include "inject/model_uri.h"
#include "inject/passes.h"
#include "kserve/names.h"
#include "repo/storage_containers.h"

namespace isvcc {
namespace {

// The place of a cached model on its claim. A URI that is not below the cached one lands in the path whole, as upstream.
std::string local_model_uri(std::string_view uri, std::string_view claim, std::string_view cached) {
  const std::string_view rest = starts_with(uri, cached) ? uri.substr(cached.size()) : uri;
  return cat(kPvcScheme, claim, "/models/", sha256_hex(cached).substr(0, 16), starts_with(rest, "/") ? "" : "/", rest);
}

// The URI to serve: the annotated one, or that of the node's cache.
std::string model_uri(const PodMutation& pod, std::string& error) {
  const std::string_view uri = pod.context.annotation(names::kSourceUri).text();
  if (!pod.labels[names::kLocalModelLabel]) return std::string(uri);
  const View claim = pod.context.annotation(names::kLocalModelPvcName);
  if (!claim) error = cat("Annotation ", names::kLocalModelPvcName, " not found");
  return local_model_uri(uri, claim.text(), pod.context.annotation(names::kLocalModelSourceUri).text());
}

// By name, where the release knows names; even a URI that needs no download must then be supported by that container.
StorageContainerMatch storage_container(std::string_view uri, const InjectContext& context) {
  const std::string_view name = context.annotation(names::kStorageContainerName).text();
  if (name.empty() || !context.profile.has(Feature::StorageContainerByName)) return storage_container_for_uri(uri, context.repository);
  return storage_container_by_name(name, uri, context.repository);
}

void mount_claim(std::string_view uri, Access access, PodMutation& pod) {
  const PvcUri pvc = parse_pvc_uri(uri);
  mount_model({"kserve-pvc-source", std::string(names::kModelMountPath), std::string(pvc.path), std::string(pvc.claim), access}, pod.spec,
              MountInto::Readers, pod.context);
}

ContainerEdit& add_download(std::string_view uri, Access access, PodMutation& pod) {
  const Make make = pod.context.scratch.make(Pass::StorageInitializer);
  ContainerEdit& initializer = append_initializer(pod.spec, make.texts({uri, names::kModelMountPath}), pod.context);
  mount_model({"kserve-provision-location", std::string(names::kModelMountPath), {}, {}, access}, pod.spec,
              MountInto::ReadersAndInitializer, pod.context);
  return initializer;
}

// Custom containers find their model by env STORAGE_URI: it now is where the model lies.
void point_to_local_model(ContainerEdit& container, Make make) {
  for (size_t i = 0; i < container.env.size(); ++i) {
    const View entry = container.env[i];
    if (entry["name"].text() == "STORAGE_URI" && !entry["value"].text().empty()) container.set_env_value(make, i, names::kModelMountPath);
  }
}

// Passed on to others: the agent pulls models itself, OCI images have a pass of their own.
bool is_left_to_others(std::string_view uri, const InjectContext& context) {
  return context.annotation(names::kAgent) || !effective_oci_mode(uri, context.profile).empty();
}

bool has_initializer(PodMutation& pod) {
  const ContainerEdit* present = pod.spec.init_container(names::kStorageInitializer);
  if (present)
    pod.context.scratch.diags.report(Code::DownloadSkipped, Stage::Render, present->get("name"),
                                     "the pod has an init container named storage-initializer, so KServe adds no download of its own");
  return present != nullptr;
}

std::string inject(std::string_view uri, const std::optional<StorageSpec>& spec, const Object* container, PodMutation& pod) {
  if (is_left_to_others(uri, pod.context) || has_initializer(pod)) return {};
  ContainerEdit* user = model_container(pod.spec);
  if (!user) return "Invalid configuration: cannot find container";
  const Access access = models_are_read_only(pod.context.annotations) ? Access::ReadOnly : Access::ReadWrite;
  ContainerEdit* initializer = nullptr;
  if (starts_with(uri, kPvcScheme)) mount_claim(uri, access, pod);
  else initializer = &add_download(uri, access, pod);
  point_to_local_model(*user, pod.context.scratch.make(Pass::StorageInitializer));
  return initializer ? complete_initializer(*initializer, pod.spec, spec, container, pod.context) : std::string();
}

}  // namespace

std::string inject_storage_initializer(PodMutation& pod) {
  if (!pod.context.annotation(names::kSourceUri)) return {};
  std::string error;
  const std::string uri = model_uri(pod, error);
  if (!error.empty()) return error;
  const std::optional<StorageSpec> spec = storage_spec_of_annotations(pod.context, error);
  if (!error.empty()) return error;
  const StorageContainerMatch match = storage_container(uri, pod.context);
  if (!match.error.empty()) return match.error;
  return inject(uri, spec, match.container, pod);
}

}  // namespace isvcc
