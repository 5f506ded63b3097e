// spec.canary (validateCanarySpecs).
#include <set>

#include "admit/isvc_rules.h"
#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {

namespace {

struct Canary {
  View predictor, entry;
  std::string path;  // spec.canary[0]
  std::string_view name;
};

}  // namespace

static bool check_canary_name(const ServiceCheck& check, const Canary& canary, size_t index, std::set<std::string_view>& seen) {
  const std::string path = cat(canary.path, ".predictor.name");
  if (canary.name.empty())
    return check.refuse(path, Code::CanaryName, cat("canary[", index, "] predictor.name is required"), "a canary has no name",
                        cat("set ", path));
  if (!seen.insert(canary.name).second)
    return check.refuse(path, Code::CanaryName, cat("canary predictor.name ", go_quote(canary.name), " is duplicated"),
                        cat("two canaries are named ", quote(canary.name)));
  if (canary.name != check.predictor["name"].text()) return true;
  return check.refuse(path, Code::CanaryName, cat("canary predictor.name ", go_quote(canary.name), " conflicts with stable predictor name"),
                      cat("the canary ", quote(canary.name), " is named like the stable predictor"));
}

static bool check_percent(const ServiceCheck& check, const Canary& canary, int64_t percent) {
  if (percent >= 0 && percent <= 100) return true;
  return check.refuse(cat(canary.path, ".trafficPercent"), Code::CanaryTraffic,
                      cat("canary ", go_quote(canary.name), " trafficPercent must be between 0 and 100, got ", percent),
                      cat("trafficPercent ", percent, " is no percentage"));
}

// The canary's predictor has to stand on its own: it inherits nothing that could be an implementation.
static bool check_predictor(const ServiceCheck& check, const Canary& canary) {
  const ComponentParts parts(canary.predictor, ComponentKind::Predictor);
  const ComponentCheck component{parts, cat(canary.path, ".predictor")};
  auto refusal = exactly_one_refusal(component, check.profile);
  if (!refusal) refusal = implementation_refusal(component);
  if (!refusal) refusal = extension_refusal(component);
  if (!refusal) return true;
  return check.refuse(refusal->path, refusal->code, cat("canary ", go_quote(canary.name), " predictor: ", refusal->upstream),
                      refusal->message, refusal->hint);
}

static bool check_fixed_fields(const ServiceCheck& check, const Canary& canary) {
  const auto refuse = [&](std::string_view field, std::string_view why) {
    return check.refuse(cat(canary.path, ".predictor.", field), Code::CanaryField,
                        cat("canary ", go_quote(canary.name), " must not set ", field, " (", why, ')'),
                        cat("the canary ", quote(canary.name), " cannot have ", field));
  };
  if (canary.predictor["workerSpec"]) return refuse("workerSpec", "multi-node is not yet supported for canary");
  constexpr std::string_view kFixed = "canary uses fixed replicas";
  if (canary.predictor["maxReplicas"].integer().value_or(0) > 0) return refuse("maxReplicas", kFixed);
  for (std::string_view field : {"scaleTarget", "scaleMetric", "autoScaling"})
    if (canary.predictor[field]) return refuse(field, kFixed);
  return true;
}

static bool check_replicas(const ServiceCheck& check, const Canary& canary) {
  const int64_t stable = check.predictor["minReplicas"].integer().value_or(1);
  const auto own = canary.predictor["minReplicas"].integer();
  if (!own || *own <= stable) return true;
  return check.refuse(
      cat(canary.path, ".predictor.minReplicas"), Code::CanaryReplicas,
      cat("canary ", go_quote(canary.name), " minReplicas (", *own, ") must not exceed stable predictor minReplicas (", stable, ')'),
      cat("the canary ", quote(canary.name), " has minReplicas ", *own, ", the stable predictor ", stable));
}

static bool check_mode_and_stable(const ServiceCheck& check) {
  if (check.annotations[names::kDeploymentMode].text() != "Standard")
    return check.refuse("spec.canary", Code::CanaryMode, "canary is only supported in Standard deployment mode",
                        "canary predictors are for Standard mode only", cat("set the annotation ", names::kDeploymentMode, ": Standard"));
  if (check.predictor_parts.storage_uri() || check.predictor_parts.framework(Framework::Model)) return true;
  return check.refuse("spec.predictor", Code::CanaryStable,
                      "canary requires a stable predictor with a model (multi-model serving is not supported with canary)",
                      "the stable predictor of a service with canaries has no model");
}

bool check_canaries(const ServiceCheck& check) {
  const View list = check.isvc["spec"]["canary"];
  if (list.size() == 0) return true;
  if (!check_mode_and_stable(check)) return false;
  std::set<std::string_view> seen;
  int64_t sum = 0;
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View entry = list.item(i), predictor = entry["predictor"];
    const Canary canary{predictor, entry, cat("spec.canary[", i, ']'), predictor["name"].text()};
    const int64_t percent = entry["trafficPercent"].integer().value_or(0);
    if (!check_canary_name(check, canary, i, seen) || !check_percent(check, canary, percent) || !check_predictor(check, canary) ||
        !check_fixed_fields(check, canary) || !check_replicas(check, canary))
      return false;
    sum += percent;
  }
  if (sum <= 100) return true;
  return check.refuse("spec.canary", Code::CanaryTraffic, cat("sum of canary trafficPercent values (", sum, ") must be <= 100"),
                      cat("the canaries take ", sum, " percent of the traffic together"));
}

}  // namespace isvcc
