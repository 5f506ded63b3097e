#include "repo/storage_containers.h"

#include "base/text.h"
#include "repo/uri_pattern.h"

namespace isvcc {
namespace {

constexpr std::string_view kKind = "ClusterStorageContainer", kInitContainer = "initContainer";

// The CRD's default, for objects that never met an API server.
std::string_view workload_type(View container) { return container["spec"]["workloadType"].text(kInitContainer); }

// A prefix hides the regex of the same entry (StorageContainerSpec.IsStorageUriSupported).
PatternResult matches(View format, std::string_view uri) {
  const std::string_view prefix = format["prefix"].text(), regex = format["regex"].text();
  if (!prefix.empty()) return {starts_with(uri, prefix), {}};
  return regex.empty() ? PatternResult() : find_pattern(regex, uri);
}

PatternResult supports(View container, std::string_view uri) {
  for (const Node* format : container["spec"]["supportedUriFormats"].items())
    if (PatternResult result = matches(format, uri); result.found || !result.error.empty()) return result;
  return {};
}

std::string why_unusable(View container, std::string_view name, std::string_view uri) {
  const std::string who = cat(kKind, " ", go_quote(name));
  if (container["disabled"].is_true()) return cat(who, " is disabled");
  if (workload_type(container) != kInitContainer)
    return cat(who, " has workloadType ", go_quote(workload_type(container)), "; explicit selection requires ", go_quote(kInitContainer));
  const PatternResult result = supports(container, uri);
  if (!result.error.empty()) return cat(who, " URI check failed for ", go_quote(uri), ": ", result.error);
  return result.found ? std::string() : cat(who, " does not support storageUri ", go_quote(uri));
}

// The URI schemes of KServe's own storage initializer, as KServe lists them.
constexpr std::string_view kSchemes[] = {"gs://",   "s3://",      "pvc://", "file://",       "https://", "http://",
                                         "hdfs://", "webhdfs://", "oci://", "oci+native://", "hf://"};

bool knows_scheme(std::string_view scheme, const Profile& profile) { return scheme != "oci+native://" || profile.has(Feature::OciModes); }

bool has_known_scheme(std::string_view uri, const Profile& profile) {
  for (std::string_view scheme : kSchemes)
    if (starts_with(uri, scheme) && knows_scheme(scheme, profile)) return true;
  return false;
}

std::string unsupported_uri(std::string_view uri, const Profile& profile) {
  std::vector<std::string_view> schemes;
  for (std::string_view scheme : kSchemes)
    if (knows_scheme(scheme, profile)) schemes.push_back(scheme);
  return cat("storageUri, must be one of: [", join(schemes, ", "),
             "] or match https://{}.blob.core.windows.net/{}/{} or be an absolute or relative local path. StorageUri [", uri,
             "] is not supported");
}

// What the default storage initializer downloads. Azure is asked first: its URIs start with https:// too.
bool default_initializer_supports(std::string_view uri, const Profile& profile) {
  if (!find_pattern("\\w+?://", uri).found) return true;  // a local path
  if (contains(uri, "blob.core.windows.net")) return find_pattern("https://(.+?).blob.core.windows.net/(.+)", uri).found;
  return has_known_scheme(uri, profile);
}

}  // namespace

StorageContainerMatch storage_container_for_uri(std::string_view uri, const Repository& repository) {
  for (const Object* container : repository.all(kKind)) {
    if (container->view()["disabled"].is_true() || workload_type(container->view()) != kInitContainer) continue;
    const PatternResult result = supports(container->view(), uri);
    if (!result.error.empty()) return {nullptr, cat("error checking storage container ", container->name, ": ", result.error)};
    if (result.found) return {container, {}};
  }
  return {};
}

StorageContainerMatch storage_container_by_name(std::string_view name, std::string_view uri, const Repository& repository) {
  const Object* container = repository.find(kKind, "", name);
  if (!container) return {nullptr, cat(kKind, " ", go_quote(name), " not found")};
  std::string error = why_unusable(container->view(), name, uri);
  if (!error.empty()) return {nullptr, std::move(error)};
  return {container, {}};
}

std::string validate_storage_uri(std::string_view uri, const Repository& repository, const Profile& profile) {
  const StorageContainerMatch match = storage_container_for_uri(uri, repository);
  if (!match.error.empty()) return cat("error resolving storage container for ", go_quote(uri), ": ", match.error);
  if (match.container || default_initializer_supports(uri, profile)) return {};
  return unsupported_uri(uri, profile);
}

}  // namespace isvcc
