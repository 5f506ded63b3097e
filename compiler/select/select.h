#pragma once
// Deployment mode and serving runtime of a service, with the reasons kept: every candidate and the rule that dropped it.
#include <optional>
#include <vector>

#include "diag/scratch.h"
#include "plan/plan.h"
#include "repo/repository.h"

namespace isvcc {

// The rule that dropped a runtime, in the order KServe applies them.
enum class Drop { None, Disabled, MultiModel, Format, NotAutoSelectable, Version, Protocol, WorkerSpecMissing, WorkerSpecPresent, NotNamed };
std::string_view drop_words(Drop drop);

struct Candidate {
  const Object* runtime = nullptr;
  Drop drop = Drop::None;
  int protocol_class = 5;             // smallest class of its protocols: v1 1, v2 2, grpc-v1 3, grpc-v2 4, others 5
  std::optional<int64_t> priority;    // for the model's format
};

struct Selection {
  std::optional<RuntimeChoice> choice;
  std::string_view annotations_kind;  // kind and object whose annotations count (they may differ from the chosen spec's)
  const Object* annotated = nullptr;
  std::vector<Candidate> candidates;  // survivors in KServe's final order; filled when asked for
  std::vector<Candidate> dropped;
};

// The runtimes of one scope in KServe's first order: protocol class, newest, name. Made once per run.
struct RuntimeIndex {
  std::vector<const Object*> cluster;
  // Those of a namespace, in the same order.
  const std::vector<const Object*>& of(std::string_view namespace_) const;
  std::unordered_map<std::string, std::vector<const Object*>> by_namespace;
};
RuntimeIndex index_runtimes(const Repository& repository, const Profile& profile, Scratch& scratch);

// GetDeploymentMode. Fails when the configuration names no mode.
std::optional<Failure> select_mode(View isvc, const Profile& profile, DeploymentMode& mode);

enum class Reasons { Skip, Keep };

// For a predictor with a model. `predictor` is spec.predictor, or the merged predictor of a canary.
std::optional<Failure> select_runtime(View predictor, std::string_view namespace_, const RuntimeIndex& index, const Repository& repository,
                                      const Profile& profile, Reasons reasons, Selection& selection);

}  // namespace isvcc
