#pragma once
// Deployment mode and serving runtime of a service, with the reasons kept: every candidate and the rule that dropped it.
// Mirrors GetDeploymentMode, GetServingRuntime and GetSupportingRuntimes.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/scratch.h"
#include "plan/plan.h"
#include "repo/repository.h"

namespace isvcc {

// One runtime as the controller's client reads it, with what selection asks of it again and again.
struct Runtime {
  const Object* object = nullptr;
  const Node* spec = nullptr;         // Go encoded
  int protocol_class = 5;             // smallest class of its protocols: v1 1, v2 2, grpc-v1 3, grpc-v2 4, others and none 5
  bool cluster = false, disabled = false, multi_model = false, multi_node = false;
};

// A runtime that a model label may select automatically.
struct AutomaticOffer {
  size_t position;                  // in the scope's runtimes
  std::string_view format;          // the name that made the label
  std::optional<int64_t> priority;  // for it
};

// The runtimes of one scope in KServe's first order (protocol class, newest, name) and, by model label, those that offer it for
// automatic selection.
struct RuntimeScope {
  std::vector<Runtime> runtimes;
  std::unordered_map<std::string, std::vector<AutomaticOffer>> automatic;
  std::unordered_map<std::string_view, size_t> by_name;
};

struct RuntimeIndex {
  RuntimeScope cluster;
  std::unordered_map<std::string_view, RuntimeScope> namespaces;

  const RuntimeScope& in(std::string_view namespace_) const;
  // The namespaced runtime of this name, else the cluster's (GetServingRuntime).
  const Runtime* find(std::string_view namespace_, std::string_view name) const;
};

// A runtime of this spec (Go encoded): for questions that begin with "if".
Runtime runtime_with_spec(const Object& object, const Node* spec);
// Sorts a scope's runtimes into KServe's first order and fills its tables.
void finish_scope(RuntimeScope& scope);

// Reads every admitted runtime of the repository. Called once, before services are compiled.
RuntimeIndex index_runtimes(const Repository& repository, const Profile& profile, Scratch& scratch);

// The rule that dropped a runtime.
enum class Drop { None, Disabled, MultiModel, Format, Version, NotAutoSelectable, Protocol, WorkerSpecMissing, WorkerSpecPresent };
std::string_view drop_words(Drop drop);
std::string_view drop_word(Drop drop);  // one word, for machines: "protocol"

struct Candidate {
  const Runtime* runtime = nullptr;
  Drop drop = Drop::None;
  std::optional<int64_t> priority;    // for the model's format
};

struct Selection {
  const Runtime* runtime = nullptr;   // whose spec is used
  const Runtime* named = nullptr;     // found again by name: whose annotations and kind count
  bool automatic = false;
};

// Fails when the configuration cannot be read; a mode that nobody names is None.
std::optional<Failure> select_mode(const Object& service, const Profile& profile, DeploymentMode& mode);

// For a predictor (Go encoded) with a `model`.
std::optional<Failure> select_runtime(View predictor, std::string_view namespace_, bool multi_node, const RuntimeIndex& index, Selection& selection);

// The runtimes of one scope that automatic selection keeps for a model, in KServe's final order.
std::vector<const Runtime*> automatic_candidates(const RuntimeScope& scope, View model, bool multi_node);

// The first rule that keeps a runtime from a model, None for a candidate.
Drop drop_of(const Runtime& runtime, View model, bool multi_node);

// All runtimes the service could see, in KServe's final order, survivors first; for `explain` and for diagnostics.
std::vector<Candidate> runtime_candidates(View predictor, std::string_view namespace_, bool multi_node, const RuntimeIndex& index);

// The protocol a model asks for in automatic selection: v1 when it names none.
std::string_view wanted_protocol(View model);

// Smallest class among the protocols, 5 when there are none (GetProtocolVersionPriority).
int protocol_class(View protocol_versions);
// The protocol of a class, "" for 5 (GetProtocolVersionString).
std::string_view protocol_of_class(int protocol_class);

}  // namespace isvcc
