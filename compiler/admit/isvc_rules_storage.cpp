// storageUris of the components (validateMultipleStorageURIs).
#include <set>

#include "admit/isvc_rules.h"
#include "base/text.h"
#include "ops/go_text.h"

namespace isvcc {

static bool check_entry(const ServiceCheck& check, View entry, const std::string& path) {
  const std::string_view mount = entry["mountPath"].text();
  const auto refuse = [&](std::string_view field, std::string upstream, std::string message) {
    return check.refuse(cat(path, '.', field), Code::BadStorageEntry, std::move(upstream), std::move(message));
  };
  if (entry["uri"].size() == 0) return refuse("uri", "storage URI cannot be empty", "an entry of storageUris has no uri");
  if (mount == "/") return refuse("mountPath", "storage path cannot be empty", "a model cannot be mounted over the root of the container");
  if (!starts_with(mount, "/"))
    return refuse("mountPath", cat("storage path must be absolute: ", mount), cat("the mount path ", quote(mount), " is not absolute"));
  if (contains(mount, ".."))
    return refuse("mountPath", cat("storage path cannot contain '..' for security reasons: ", mount),
                  cat("the mount path ", quote(mount), " contains '..'"));
  return true;
}

static std::string_view trim_slashes(std::string_view path) { return trim(path, "/"); }

// The first component of a path, which all downloaded paths have to share.
static std::string_view first_step(std::string_view path) {
  const std::string_view trimmed = trim_slashes(path);
  return trimmed.substr(0, trimmed.find('/'));
}

static bool share_a_parent(const std::vector<std::string_view>& paths) {
  for (std::string_view path : paths)
    if (first_step(path) != first_step(paths[0])) return false;
  return !trim_slashes(paths[0]).empty();
}

// A path of slashes only, such as "//": next to a longer one KServe crashes on it (FindCommonParentPath).
static bool crashes_kserve(const std::vector<std::string_view>& paths) {
  bool only_slashes = false, longer = false;
  for (std::string_view path : paths) (trim_slashes(path).empty() ? only_slashes : longer) = true;
  return only_slashes && longer;
}

static bool check_common_parent(const ServiceCheck& check, const std::vector<std::string_view>& paths, const std::string& path) {
  if (crashes_kserve(paths))
    return check.refuse(path, Code::StoragePathsApart, recovered_panic(kFirstOfNone),
                        "a mount path of storageUris is nothing but slashes");
  if (share_a_parent(paths)) return true;
  return check.refuse(
      path, Code::StoragePathsApart,
      cat("storage paths must have a common parent directory. Current paths: [", join(paths, " "), "] have no common parent beyond root"),
      cat("the mount paths ", join(paths, ", "), " have no common parent directory"),
      "mount them all below one directory, such as /mnt/models");
}

// Volumes are only compared when at least two other entries are there.
static bool check_together(const ServiceCheck& check, View uris, const std::string& path) {
  std::vector<std::string_view> volumes, downloads;
  for (const Node* entry : uris.items()) {
    const bool volume = starts_with(View(entry)["uri"].text(), "pvc://");
    (volume ? volumes : downloads).push_back(View(entry)["mountPath"].text());
  }
  if (downloads.size() <= 1) return true;
  if (std::set<std::string_view>(volumes.begin(), volumes.end()).size() < volumes.size())
    return check.refuse(path, Code::StoragePathsApart, "PVC storage paths must be unique",
                        "two volumes of storageUris have the same mount path");
  return check_common_parent(check, downloads, path);
}

static bool check_component(const ServiceCheck& check, const ComponentParts& component, std::string_view where) {
  const View uris = component.spec()["storageUris"];
  if (!uris) return true;
  const std::string path = cat(where, ".storageUris");
  if (const auto single_uri = component.storage_uri())
    return check.refuse(path, Code::TwoStorageFields, "Setting both StorageURI and StorageURIs is not supported.",
                        cat(where, " has both a storage URI, ", quote(*single_uri), ", and storageUris"));
  for (size_t i = 0; i < uris.items().size(); ++i)
    if (!check_entry(check, uris.item(i), cat(path, '[', i, ']'))) return false;
  return check_together(check, uris, path);
}

bool check_storage_uris(const ServiceCheck& check) {
  return check_component(check, check.transformer, "spec.transformer") && check_component(check, check.explainer, "spec.explainer") &&
         check_component(check, check.predictor_parts, "spec.predictor");
}

}  // namespace isvcc
