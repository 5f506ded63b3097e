#include "lint/lint.h"

#include "lint/checks.h"

namespace isvcc {

static constexpr ServiceCheck kChecks[] = {
#define SERVICE_CHECK(function) function,
#include "lint/checks.def"
#undef SERVICE_CHECK
};

void lint_service(const ServicePlan& plan, std::span<const Manifest> manifests, const LintContext& context, Scratch& scratch) {
  scratch.diags.about(plan.service->ref());
  const LintedService linted{plan, manifests, pods_of(manifests)};
  for (const ServiceCheck check : kChecks) check(linted, context, scratch);
}

}  // namespace isvcc
