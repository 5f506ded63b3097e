#include "admit/local_model_match.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static std::string_view without_slash(std::string_view uri) { return ends_with(uri, "/") ? uri.substr(0, uri.size() - 1) : uri; }

bool cache_holds(std::string_view cached_uri, std::string_view uri) {
  cached_uri = without_slash(cached_uri);
  uri = without_slash(uri);
  return starts_with(uri, cached_uri) && (uri.size() == cached_uri.size() || uri[cached_uri.size()] == '/');
}

static bool lists(View texts, std::string_view wanted) {
  return std::any_of(texts.items().begin(), texts.items().end(), [&](const Node* item) { return View(item).text() == wanted; });
}

static std::optional<LocalModelMatch> match(const Object& cache, const LocalModelQuery& query) {
  const View spec = cache.view()["spec"];
  const std::string_view source = spec["sourceModelUri"].text();
  if (!cache_holds(source, query.storage_uri)) return std::nullopt;
  const View groups = spec["nodeGroups"];
  if (query.node_group && !lists(groups, *query.node_group)) return std::nullopt;
  return LocalModelMatch{.cache = &cache, .source_uri = source, .node_group = query.node_group.value_or(groups.item(0).text())};
}

std::optional<LocalModelMatch> find_local_model(const LocalModelQuery& query, const Repository& repository) {
  for (const Object* cache : repository.in_namespace("LocalModelNamespaceCache", query.namespace_))
    if (auto found = match(*cache, query)) {
      found->namespaced = true;
      return found;
    }
  for (const Object* cache : repository.all("LocalModelCache"))
    if (const auto found = match(*cache, query)) return found;
  return std::nullopt;
}

}  // namespace isvcc
