#pragma once
// Kinds that KServe creates although their CRD need not be installed. Internal to lower/.
#include "lower/lowering.h"

namespace isvcc {

// KServe's error when it looks for the first object of `made` whose kind is not installed; empty when all are.
std::string missing_kind_error(std::span<const Rendered> made, const Profile& profile);

}  // namespace isvcc
