#include "driver/assumptions.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

bool reported(const Compilation& c, Code code) {
  const auto& all = c.diags.all();
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& d) { return d.code == code; });
}

bool uses_generation(const Compilation& c) {
  return std::any_of(c.services.begin(), c.services.end(), [](const ServiceResult& s) { return s.uses_generation; });
}

std::string foreign_kinds(const Compilation& c) {
  std::set<std::string> kinds;
  for (const Manifest& m : c.manifests) {
    const std::string_view group = api_group(m.api_version);
    if (contains(group, ".") && !ends_with(group, ".k8s.io") && m.owner) kinds.insert(std::string(m.kind));
    if (group == "gateway.networking.k8s.io" || group == "leaderworkerset.x-k8s.io") kinds.insert(std::string(m.kind));
  }
  return join(std::vector<std::string>(kinds.begin(), kinds.end()), ", ");
}

}  // namespace

std::vector<Assumption> assumptions_of(const Compilation& c) {
  std::vector<Assumption> out;
  if (c.services.empty() || c.config_broken) return out;
  if (!c.repository.find("ConfigMap", c.profile.kserve_namespace, names::kConfigMapName))
    out.push_back({"configuration", cat("the cluster's inferenceservice-config is that of KServe ", release_name(c.profile.release), " with the project's `config`")});
  if (const std::string kinds = foreign_kinds(c); !kinds.empty()) out.push_back({"installed-crds", cat("the cluster has the CRDs of ", kinds)});
  if (reported(c, Code::PriorityTie)) out.push_back({"creation-times", "runtimes that KServe orders by creation time were created in the reverse order of their names"});
  if (uses_generation(c)) out.push_back({"generation", cat("metadata.generation of multi-node services is ", c.profile.generation)});
  if (std::any_of(c.services.begin(), c.services.end(), [](const ServiceResult& s) { return s.canary_percent; }))
    out.push_back({"observed-status", "no revision was rolled out before: canaryTrafficPercent has no effect on a first revision"});
  return out;
}

void deny_assumptions(Compilation& c) {
  for (const Assumption& a : assumptions_of(c)) c.diags.report(Code::DeniedAssumption, Stage::Config, Span{}, cat("assumed: ", a.text, " [", a.id, "]"));
}

}  // namespace isvcc
