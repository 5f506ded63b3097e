#pragma once
// Finds the local model cache that holds a service's model (setLocalModelLabel). Changes nothing.
#include <optional>

#include "repo/repository.h"

namespace isvcc {

struct LocalModelMatch {
  const Object* cache = nullptr;
  bool namespaced = false;  // a LocalModelNamespaceCache
  std::string_view source_uri;
  std::string_view node_group;  // the service's own, else the first one of the cache
};

struct LocalModelQuery {
  std::string_view storage_uri, namespace_;
  std::optional<std::string_view> node_group;  // annotation serving.kserve.io/nodegroup
};

// Caches of the namespace come first, then those of the cluster, each by name.
std::optional<LocalModelMatch> find_local_model(const LocalModelQuery& query, const Repository& repository);

// True when `uri` is the cached URI or lies below it; one trailing '/' of each does not count (MatchStorageURI).
bool cache_holds(std::string_view cached_uri, std::string_view uri);

}  // namespace isvcc
