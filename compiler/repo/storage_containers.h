#pragma once
// Which ClusterStorageContainer downloads a URI, and whether KServe supports a URI at all.
#include <string>

#include "kserve/profile.h"
#include "repo/repository.h"

namespace isvcc {

struct StorageContainerMatch {
  const Object* container = nullptr;  // null: none, or an error
  std::string error;                  // KServe's text
};

// The first enabled container of workload type initContainer that supports the URI, by name (GetContainerSpecForStorageUri).
StorageContainerMatch storage_container_for_uri(std::string_view uri, const Repository& repository);

// The named one, without fallback (GetStorageContainerSpecByName).
StorageContainerMatch storage_container_by_name(std::string_view name, std::string_view uri, const Repository& repository);

// Empty when the URI is supported, else the text of ValidateStorageURI without its "StorageURI not supported: " prefix.
std::string validate_storage_uri(std::string_view uri, const Repository& repository, const Profile& profile);

}  // namespace isvcc
