#include "lower/missing_kinds.h"

#include "base/text.h"

namespace isvcc {

struct OptionalKind {
  std::string_view kind, lookup;
};

// In the order in which one component makes them.
static constexpr OptionalKind kOptionalKinds[] = {{"OpenTelemetryCollector", "failed to get existing OTel Collector resource: "},
                                                  {"LeaderWorkerSet", ""},
                                                  {"ScaledObject", "failed to get existing KEDA autoscaler: "},
                                                  {"HTTPRoute", "failed to get existing http route: "}};

std::string missing_kind_error(std::span<const Rendered> made, const Profile& profile) {
  if (profile.absent_crds.empty()) return {};
  for (const OptionalKind& optional : kOptionalKinds) {
    if (profile.installed(optional.kind)) continue;
    for (const Rendered& r : made)
      if (View(r.node)["kind"].text() == optional.kind)
        return cat(optional.lookup, "no matches for kind \"", optional.kind, "\" in version \"", View(r.node)["apiVersion"].text(), '"');
  }
  return {};
}

}  // namespace isvcc
