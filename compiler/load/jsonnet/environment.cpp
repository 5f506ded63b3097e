#include "load/jsonnet/environment.h"

#include "base/text.h"

namespace isvcc::jsonnet {

bool is_tanka_environment(View value) { return value["kind"].text() == "Environment" && starts_with(value["apiVersion"].text(), "tanka.dev/"); }

static const Node* with_missing(View object, std::string_view key, View defaults, Make make) {
  if (defaults.fields().empty()) return object.node();
  const View metadata = object["metadata"];
  return make.with(object, "metadata", make.with(metadata, key, make.overlay({defaults, metadata[key]})));
}

const Node* Environment::with_defaults(View object, Arena& arena) const {
  const View defaults = spec_["resourceDefaults"];
  const Make make = Make(arena).at(defaults);
  return with_missing(with_missing(object, "annotations", defaults["annotations"], make), "labels", defaults["labels"], make);
}

bool is_wanted(View environment, const std::set<std::string, std::less<>>& names) { return names.empty() || names.contains(environment["metadata"]["name"].text()); }

}  // namespace isvcc::jsonnet
