// What all components share: concurrency, replicas, logger (ComponentExtensionSpec.Validate).
#include "admit/isvc_rules.h"
#include "base/text.h"

namespace isvcc {

static constexpr int64_t kDefaultMinReplicas = 1;

static std::optional<Refusal> concurrency_refusal(const ComponentCheck& component) {
  const auto concurrency = component.spec()["containerConcurrency"].integer();
  if (!concurrency || *concurrency >= 0) return std::nullopt;
  return Refusal{Code::NegativeConcurrency, cat(component.path, ".containerConcurrency"), "parallelism cannot be less than 0",
                 cat("containerConcurrency ", *concurrency, " is below 0"), "0 means no limit"};
}

// A maxReplicas of 0 is no limit.
static std::optional<Refusal> replicas_refusal(const ComponentCheck& component) {
  const auto given = component.spec()["minReplicas"].integer();
  const int64_t min = given.value_or(kDefaultMinReplicas), max = component.spec()["maxReplicas"].integer().value_or(0);
  const auto refusal = [&](std::string_view field, std::string upstream, std::string message) {
    return Refusal{Code::ReplicaBounds, cat(component.path, '.', field), std::move(upstream), std::move(message), {}};
  };
  if (min < 0) return refusal("minReplicas", "'MinReplicas' cannot be less than 0", cat("minReplicas ", min, " is below 0"));
  if (max < 0) return refusal("maxReplicas", "'MaxReplicas' cannot be less than 0", cat("maxReplicas ", max, " is below 0"));
  if (max == 0 || min <= max) return std::nullopt;
  return refusal(given ? "minReplicas" : "maxReplicas", "'MinReplicas' cannot be greater than MaxReplicas",
                 cat("minReplicas ", min, given ? "" : " (the default)", " is above maxReplicas ", max));
}

static std::optional<Refusal> logger_refusal(const ComponentCheck& component) {
  const View logger = component.spec()["logger"];
  if (!logger) return std::nullopt;
  const std::string_view mode = logger["mode"].text();
  if (mode != "all" && mode != "request" && mode != "response")
    return Refusal{Code::LoggerMode, cat(component.path, ".logger.mode"), "invalid logger type",
                   mode.empty() ? "the logger has no mode" : cat("there is no logger mode ", quote(mode)),
                   "set mode to all, request or response"};
  const View storage = logger["storage"];
  if (!storage) return std::nullopt;
  for (std::string_view field : {"path", "parameters", "key"})
    if (!storage[field])
      return Refusal{Code::LoggerStorage, cat(component.path, ".logger.storage"), "invalid logger storage configuration",
                     cat("the logger's storage has no ", field), "set path, parameters and key"};
  return std::nullopt;
}

std::optional<Refusal> extension_refusal(const ComponentCheck& component) {
  for (const auto part : {concurrency_refusal, replicas_refusal, logger_refusal})
    if (auto refusal = part(component)) return refusal;
  return std::nullopt;
}

}  // namespace isvcc
