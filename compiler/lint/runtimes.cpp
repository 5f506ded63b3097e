// Runtimes that hide others or win only by their name.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "lint/lint.h"
#include "select/labels.h"

namespace isvcc {
namespace {

void report_shadowing(const Runtime& own, const LintContext& context, Scratch& scratch) {
  const auto hidden = context.runtimes.cluster.by_name.find(own.object->name);
  if (hidden == context.runtimes.cluster.by_name.end()) return;
  scratch.diags
      .report(Code::ShadowedRuntime, Stage::Reference, metadata(own.object->view())["name"],
              cat("ServingRuntime ", quote(own.object->name), " hides the ClusterServingRuntime of the same name in namespace ", quote(own.object->namespace_)))
      .in(own.object->ref())
      .label(metadata(context.runtimes.cluster.runtimes[hidden->second].object->view())["name"], "the hidden one")
      .hinting("services that name the runtime, and its annotations, get the namespaced one even when it is disabled");
}

bool can_serve(const Runtime& r) { return !r.disabled && !r.multi_model; }

// Two runtimes that KServe orders only by creation time and name for this label.
bool ties(const Runtime& a, const Runtime& b, std::string_view format) {
  return a.multi_node == b.multi_node && a.protocol_class == b.protocol_class && priority_for(a.spec, format) == priority_for(b.spec, format);
}

std::string_view format_of(std::string_view label) { return label.substr(3, label.find(':', 3) == std::string_view::npos ? label.npos : label.find(':', 3) - 3); }

void report_tie(const Runtime& winner, const Runtime& loser, std::string_view format, Scratch& scratch) {
  scratch.diags
      .report(Code::PriorityTie, Stage::Reference, metadata(loser.object->view())["name"],
              cat(loser.object->kind, ' ', quote(loser.object->name), " and ", quote(winner.object->name), " serve format ", quote(format),
                  " with equal protocol and priority: in a cluster the newer one wins, here the one whose name comes first, ", quote(winner.object->name)))
      .in(loser.object->ref())
      .label(metadata(winner.object->view())["name"], "the other one")
      .hinting("give the two different priorities");
}

void report_ties(const RuntimeScope& scope, Scratch& scratch) {
  std::set<std::pair<const Object*, const Object*>> told;
  std::map<std::string_view, const std::vector<AutomaticOffer>*> labels;
  for (const auto& [label, offers] : scope.automatic) labels.emplace(label, &offers);
  for (const auto& [label, offers] : labels) {
    const Runtime* before = nullptr;
    for (const AutomaticOffer& offer : *offers) {
      const Runtime& at = scope.runtimes[offer.position];
      if (!can_serve(at)) continue;
      const std::string_view format = format_of(label);
      if (before && ties(*before, at, format) && told.emplace(before->object, at.object).second) report_tie(*before, at, format, scratch);
      before = &at;
    }
  }
}

}  // namespace

void lint_runtimes(const LintContext& context, Scratch& scratch) {
  std::map<std::string_view, const RuntimeScope*> scopes;
  for (const auto& [namespace_, scope] : context.runtimes.namespaces) scopes.emplace(namespace_, &scope);
  for (const auto& [namespace_, scope] : scopes) {
    for (const Runtime& own : scope->runtimes) report_shadowing(own, context, scratch);
    report_ties(*scope, scratch);
  }
  report_ties(context.runtimes.cluster, scratch);
}

}  // namespace isvcc
