#pragma once
// Findings no API server makes: references that lead nowhere, runtimes that win by accident, pods that contradict themselves.
// Everything here is a warning or a note; the rendering never depends on it. One check per function, listed in checks.def.
#include <span>
#include <vector>

#include "finish/finish.h"
#include "plan/plan.h"
#include "repo/repository.h"
#include "select/select.h"

namespace isvcc {

struct LintContext {
  const Repository& repository;
  const RuntimeIndex& runtimes;
  const Profile& profile;
  bool flux = false;  // the output is meant for Flux, which substitutes ${…}
};

// Of one rendered service. `manifests` are its own.
void lint_service(const ServicePlan& plan, std::span<const Manifest> manifests, const LintContext& context, Scratch& scratch);

// Of an object of Kubernetes' own kinds as its author wrote it: what the API server would refuse (E0215). True when there is nothing.
bool lint_object(const Object& object, Scratch& scratch);

// Of all runtimes, once per run.
void lint_runtimes(const LintContext& context, Scratch& scratch);

}  // namespace isvcc
