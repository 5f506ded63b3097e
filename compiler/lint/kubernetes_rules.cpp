// The API server's own rules, told about what people wrote and about what KServe's controller would create.
#include <functional>
#include <utility>

#include "base/text.h"
#include "lint/api_rules.h"
#include "lint/checks.h"
#include "ops/schema_ops.h"

namespace isvcc {

static constexpr size_t kMostTold = 20;  // of one written object; one of a rendered object is enough

bool lint_object(const Object& object, Scratch& scratch) {
  size_t found = 0;
  for_each_breach(object.view(), [&](ApiBreach breach) {
    if (++found > kMostTold) return;
    const View where = span_of(breach.where).file ? breach.where : metadata(object.view());
    Diagnostic& d = scratch.diags.report(Code::RuleOfKubernetes, Stage::Reference, where, std::move(breach.message));
    d.in(object.ref()).upstream_says(std::move(breach.upstream));
    d.path = std::move(breach.path);
  });
  return found == 0;
}

// What would be refused. Of some objects it is what their own controllers make of them.
static std::string refused(const Manifest& m) {
  const bool knative = api_group(m.api_version) == "serving.knative.dev";
  return cat(knative || m.kind == "LeaderWorkerSet" ? "the pods of " : "", knative ? "Knative " : "", m.kind, ' ', quote(m.name));
}

void check_rendered_rules(const LintedService& service, const LintContext& context, Scratch& scratch) {
  const View admitted = metadata(service.plan.service->view());
  for (const Manifest& m : service.manifests) {
    bool told = false;
    const auto tell = [&](ApiBreach breach) {
      if (std::exchange(told, true)) return;
      const Schema* schema = context.profile.schemas->kind(m.api_version, m.kind);
      if (schema && !conforms(m.node, *schema)) return;  // E0892 tells more
      const View where = span_of(breach.where).file ? breach.where : metadata(service.plan.service->view())["name"];
      Diagnostic& d = scratch.diags.report(Code::RenderedRuleOfKubernetes, Stage::Reference, where,
                                           cat("the API server would refuse ", refused(m), ", which KServe creates for the service: ", breach.message));
      d.upstream_says(std::move(breach.upstream));
      d.path = std::move(breach.path);
    };
    for_each_breach(m.node, std::ref(tell), admitted);
  }
}

}  // namespace isvcc
