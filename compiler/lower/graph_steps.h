#pragma once
// Where the steps of an InferenceGraph send their requests (GetPredictorEndpoint, GetModelName; KServe v0.20.0). Internal to lower/.
#include <optional>
#include <set>
#include <string>

#include "lower/lowering.h"

namespace isvcc {

// `spec` of a graph whose steps with a serviceName have a serviceUrl. The failure is that of the first step without an address.
struct ResolvedSteps {
  const Node* spec = nullptr;
  std::optional<Failure> failed;
};
ResolvedSteps resolve_steps(const Object& graph, const Repository& repository, const Profile& profile, const std::set<const Object*>* failed, Make make);

// Cluster-internal address and path of a service's predictions; the error is KServe's.
struct Endpoint {
  std::string url, error;
};
Endpoint predictor_endpoint(const Object& service, const Repository& repository, const Profile& profile);

}  // namespace isvcc
