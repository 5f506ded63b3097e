#pragma once
// Tanka's environments: an object with `data` that holds the manifests and a `spec` with what they share. Knows no cluster and no API server.
#include <set>
#include <string>

#include "tree/make.h"

namespace isvcc::jsonnet {

bool is_tanka_environment(View value);

// What an environment says about the objects in it; none without one.
class Environment {
 public:
  Environment() = default;
  // `file` is where it stands in the project of Tanka: for Tanka the namespace of the environment.
  Environment(View environment, std::string_view file);

  // The namespace of objects that name none; "default" as for Tanka. Empty outside of an environment.
  std::string_view default_namespace() const { return spec_ ? spec_["namespace"].text("default") : std::string_view(); }
  // The object with spec.resourceDefaults under its own labels and annotations, and with the label of spec.injectLabels, as Tanka does it.
  const Node* with_defaults(View object, Arena& arena) const;

 private:
  View spec_;
  std::string label_;  // by which Tanka finds again what it applied; empty: none
};

// Whether environments of this name are wanted: those that are asked for, or all.
bool is_wanted(View environment, const std::set<std::string, std::less<>>& names);

}  // namespace isvcc::jsonnet
