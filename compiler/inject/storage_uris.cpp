#include <algorithm>

#include "base/text.h"
#include "inject/init_container.h"
#include "inject/inject.h"
#include "inject/oci.h"
#include "kserve/names.h"
#include "repo/storage_containers.h"

namespace isvcc {
namespace {

struct StorageUri {
  View source;
  std::string_view uri, path;
};

std::vector<StorageUri> read_uris(View list) {
  std::vector<StorageUri> uris;
  for (const View entry : list.items()) uris.push_back({entry, entry["uri"].text(), entry["mountPath"].text(names::kModelMountPath)});
  return uris;
}

// What one pod gets. All URIs share the container of the first one.
struct UriInjection {
  std::vector<StorageUri> uris;
  Access access;
  std::optional<StorageSpec> storage_spec;
  const Object* storage_container;
};

// No pod has that many mounts; the work grows with the square of their number.
constexpr size_t kMostUris = 1000;

constexpr std::string_view kNoModelContainer = "Invalid configuration: cannot find container";

bool is_oci_model(const StorageUri& entry, const InjectContext& context) { return !effective_oci_mode(entry.uri, context.profile).empty(); }

// --- OCI entries (the first half of CommonStorageInitialization) ---

std::string check_same_path(const std::vector<std::string_view>& paths) {
  for (auto path = paths.begin(); path != paths.end(); ++path)
    if (std::find(paths.begin(), path, *path) != path)
      return cat("OCI mount path ", go_quote(*path), " is specified more than once; each native ImageVolume must have a unique mount path");
  return {};
}

// A modelcar's volume is mounted at the parent: a second one there would hide the first.
std::string check_same_parent(const std::vector<std::string_view>& paths) {
  for (auto path = paths.begin(); path != paths.end(); ++path) {
    const std::string parent = parent_directory(*path);
    const auto twin = std::find_if(paths.begin(), path, [&](std::string_view other) { return parent_directory(other) == parent; });
    if (twin != path)
      return cat("OCI mount paths ", go_quote(*twin), " and ", go_quote(*path), " share parent directory ", go_quote(parent),
                 ", which would cause volume mount shadowing; use mount paths with distinct parent directories");
  }
  return {};
}

// Only plain oci:// entries are counted and compared, and by the configured mode, whatever their own is (ValidateOCIMountPaths).
std::string check_oci_paths(const UriInjection& injection, const InjectContext& context) {
  constexpr size_t kMostOciModels = 10;
  std::vector<std::string_view> paths;
  for (const StorageUri& entry : injection.uris)
    if (starts_with(entry.uri, kOciScheme)) paths.push_back(entry.path);
  if (paths.size() > kMostOciModels) return cat("too many OCI sources (", paths.size(), "); maximum is ", kMostOciModels, " per pod");
  return configured_oci_mode(context.profile) == "native" ? check_same_path(paths) : check_same_parent(paths);
}

std::string add_oci_models(const UriInjection& injection, PodEdit& pod, const InjectContext& context) {
  size_t index = 0;
  for (const StorageUri& entry : injection.uris) {
    if (!is_oci_model(entry, context)) continue;
    const OciModel model{parse_oci_uri(entry.uri, context.profile), effective_oci_mode(entry.uri, context.profile), std::string(entry.path),
                         index++};
    if (std::string error = add_oci_model(model, pod, context); !error.empty()) return error;
  }
  return {};
}

enum class Then { Continue, Stop };

// What the release does with OCI entries before it looks at the others.
Then handle_oci(UriInjection& injection, PodEdit& pod, const InjectContext& context, std::string& error) {
  const auto is_oci = [&](const StorageUri& entry) { return is_oci_model(entry, context); };
  if (context.profile.has(Feature::ModelcarNeverForUris)) return is_oci(injection.uris.front()) ? Then::Stop : Then::Continue;
  if (std::none_of(injection.uris.begin(), injection.uris.end(), is_oci)) return Then::Continue;
  if (!model_container(pod)) error = kNoModelContainer;
  const bool only_first = context.profile.has(Feature::ModelcarOnlyFirstUri);
  if (only_first) injection.uris = {*std::find_if(injection.uris.begin(), injection.uris.end(), is_oci)};
  if (error.empty()) error = check_oci_paths(injection, context);
  if (error.empty()) error = add_oci_models(injection, pod, context);
  return only_first || !error.empty() ? Then::Stop : Then::Continue;
}

// --- claims and downloads ---

void warn_ignored_path(const StorageUri& entry, std::string_view path, const InjectContext& context) {
  if (path.empty()) return;
  context.scratch.diags.report(
      Code::PvcPathIgnored, Stage::Render, entry.source["uri"],
      cat("the path ", quote(path), " of ", quote(entry.uri), " is ignored: the whole claim is mounted at ", quote(entry.path)));
}

void mount_claim(const StorageUri& entry, Access access, PodEdit& pod, const InjectContext& context) {
  const PvcUri pvc = parse_pvc_uri(entry.uri);
  warn_ignored_path(entry, pvc.path, context);
  mount_model({volume_name_of_path(entry.path), std::string(entry.path), {}, std::string(pvc.claim), access}, pod, MountInto::Readers,
              context);
}

std::string add_downloads(const std::vector<StorageUri>& uris, const UriInjection& injection, PodEdit& pod, const InjectContext& context) {
  std::vector<std::string> args;
  std::vector<std::string_view> paths;
  for (const StorageUri& entry : uris) {
    args.emplace_back(entry.uri);
    args.emplace_back(entry.path);
    paths.push_back(entry.path);
  }
  const std::string parent = common_parent(paths);
  ContainerEdit& initializer = append_initializer(pod, context.scratch.make(Pass::StorageInitializer).texts(args), context);
  mount_model({volume_name_of_path(parent), parent, {}, {}, injection.access}, pod, MountInto::ReadersAndInitializer, context);
  return complete_initializer(initializer, pod, injection.storage_spec, injection.storage_container, context);
}

// Releases with OCI modes pass over every OCI entry, those of a disabled mode included: nobody serves them.
bool is_passed_over(const StorageUri& entry, const InjectContext& context) {
  if (!context.profile.has(Feature::OciModes) || !parse_oci_uri(entry.uri, context.profile).is_oci) return false;
  if (!is_oci_model(entry, context))
    context.scratch.diags.report(Code::OciModelNotInjected, Stage::Render, entry.source["uri"],
                                 cat("OCI models are switched off in the configuration, so ", quote(entry.uri), " is not injected at all"));
  return true;
}

std::string add_claims_and_downloads(const UriInjection& injection, PodEdit& pod, const InjectContext& context) {
  std::vector<StorageUri> downloads;
  for (const StorageUri& entry : injection.uris) {
    if (is_passed_over(entry, context)) continue;
    if (starts_with(entry.uri, kPvcScheme)) mount_claim(entry, injection.access, pod, context);
    else downloads.push_back(entry);
  }
  return downloads.empty() ? std::string() : add_downloads(downloads, injection, pod, context);
}

// Asked even when there is nothing to download.
std::string check_multi_download(const Object* container) {
  if (!container || container->view()["spec"]["supportsMultiModelDownload"].is_true()) return {};
  return cat("storage container ", go_quote(container->view()["spec"]["container"]["name"].text()),
             " does not support multi-model download; use the default kserve storage initializer or a compatible storage container");
}

// CommonStorageInitialization for storageUris.
std::string inject(UriInjection injection, PodEdit& pod, const InjectContext& context) {
  std::string error;
  if (context.annotation(names::kAgent) || handle_oci(injection, pod, context, error) == Then::Stop) return error;
  if (pod.init_container(names::kStorageInitializer)) return {};
  if (!model_container(pod)) return std::string(kNoModelContainer);
  error = check_multi_download(injection.storage_container);
  return error.empty() ? add_claims_and_downloads(injection, pod, context) : error;
}

// The pod keeps what was done before an error: Knative mode goes on with it.
std::string inject_into(PodTemplate& pod, const UriInjection& injection, const InjectContext& context) {
  PodEdit edit(pod.spec, context.scratch.make(Pass::StorageInitializer));
  std::string error = inject(injection, edit, context);
  pod.spec = edit.build();
  return error;
}

// Only a predictor names its container.
StorageContainerMatch storage_container(const ComponentPlan& component, std::string_view uri, const Repository& repository,
                                        const Profile& profile) {
  const bool named = component.role == Role::Predictor && !component.storage_container_name.empty();
  if (!named || !profile.has(Feature::StorageContainerByName)) return storage_container_for_uri(uri, repository);
  return storage_container_by_name(component.storage_container_name, uri, repository);
}

std::string inject_into_component(ComponentPlan& component, const UriInjection& injection, const Repository& repository,
                                  const Profile& profile, Scratch& scratch) {
  const InjectContext context{component.namespace_, component.annotations, repository, profile, scratch};
  std::string error = inject_into(component.pod, injection, context);
  if (!error.empty() || !component.worker) return error;
  const InjectContext worker{component.namespace_, component.worker->annotations, repository, profile, scratch};
  return inject_into(component.worker->pod, injection, worker);
}

// Knative mode logs the error and creates the service all the same.
std::string outcome(std::string error, const ComponentPlan& component, DeploymentMode mode, Scratch& scratch) {
  if (error.empty() || mode != DeploymentMode::Knative) return error;
  scratch.diags
      .report(Code::StorageUrisFailed, Stage::Render, component.storage_uris,
              cat("the models of the ", role_name(component.role),
                  "'s storageUris are not injected, and in Knative mode KServe goes on without them"))
      .upstream_says(std::move(error));
  return {};
}

}  // namespace

std::string inject_storage_uris(ComponentPlan& component, const ServicePlan& plan, const Repository& repository, const Profile& profile,
                                Scratch& scratch) {
  std::vector<StorageUri> uris = read_uris(component.storage_uris);
  if (uris.empty()) return {};
  if (uris.size() > kMostUris) return cat("storageUris has ", uris.size(), " entries; isvcc takes at most ", kMostUris);
  const StorageContainerMatch match = storage_container(component, uris.front().uri, repository, profile);
  if (!match.error.empty()) return cat("failed to get storage container spec: ", match.error);
  const Access access = models_are_read_only(component.annotations) ? Access::ReadOnly : Access::ReadWrite;
  const UriInjection injection{std::move(uris), access, storage_spec_of_predictor(component.storage_spec), match.container};
  return outcome(inject_into_component(component, injection, repository, profile, scratch), component, plan.mode, scratch);
}

}  // namespace isvcc
