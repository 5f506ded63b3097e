#pragma once
// ConfigMaps that belong to a namespace. Internal to lower/.
#include "lower/lowering.h"

namespace isvcc {

// KServe's failure when the bundle the configuration names cannot be copied.
std::optional<Failure> check_ca_bundle(const Repository& repository, const Profile& profile);
// global-ca-bundle, when the configuration names a source; check_ca_bundle() has passed.
void lower_ca_bundle(std::string_view namespace_, Lowering& lowering);

}  // namespace isvcc
