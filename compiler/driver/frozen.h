#pragma once
// A runtime as services use it today, under a name that ends in a hash of its content: whoever names it is not touched when the
// runtime changes. Makes copies; decides for nobody that one is wanted.
#include <optional>
#include <string>

#include "diag/scratch.h"
#include "kserve/object.h"
#include "kserve/profile.h"

namespace isvcc {

struct FrozenRuntime {
  std::string_view name;
  const Node* node = nullptr;  // a ServingRuntime of the namespace
};

// Where a copy comes from: "ClusterServingRuntime/kserve-sklearnserver".
inline constexpr std::string_view kFrozenFrom = "isvcc.dev/frozen-from";

// `spec_of` is the runtime whose spec the service gets, `named` the one that KServe finds by that name: its annotations count. They differ
// only where a ServingRuntime hides a ClusterServingRuntime. `protocol`, where not empty, comes first in the copy's list: graphs take the
// first one of a runtime that is named. Nothing when the release looks at the name of the runtime itself.
struct FrozenUse {
  const Object& spec_of;
  const Object& named;
  std::string_view namespace_, protocol;
};
std::optional<FrozenRuntime> freeze_runtime(const FrozenUse& use, const Profile& profile, Scratch& scratch);

// Looks like the name of a copy.
bool is_frozen_name(std::string_view name);

// The runtime's name says what is in it, and that is still true.
bool is_frozen(const Object& runtime);

}  // namespace isvcc
