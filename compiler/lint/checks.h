#pragma once
// The checks of lint/, one function each; checks.def is their order.
#include "lint/lint.h"

namespace isvcc {

using ServiceCheck = void (*)(const ServicePlan&, std::span<const Manifest>, const LintContext&, Scratch&);

#define SERVICE_CHECK(function) void function(const ServicePlan&, std::span<const Manifest>, const LintContext&, Scratch&);
#include "lint/checks.def"
#undef SERVICE_CHECK

}  // namespace isvcc
