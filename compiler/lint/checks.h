#pragma once
// The checks of lint/, one function each; checks.def is their order.
#include "lint/lint.h"
#include "lint/pods.h"

namespace isvcc {

struct LintedService {
  const ServicePlan& plan;
  std::span<const Manifest> manifests;
  std::vector<RenderedPod> pods;  // in them
};

using ServiceCheck = void (*)(const LintedService&, const LintContext&, Scratch&);

#define SERVICE_CHECK(function) void function(const LintedService&, const LintContext&, Scratch&);
#include "lint/checks.def"
#undef SERVICE_CHECK

}  // namespace isvcc
