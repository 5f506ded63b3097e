#pragma once
// Why a service runs on its runtime: every candidate and the rule that dropped it, how firm the choice is, and the smallest changes that
// would alter it. Every "would" was tried: the selection is run again with the change.
#include <optional>
#include <string>
#include <vector>

#include "review/facts.h"

namespace isvcc {

enum class Choice : uint8_t {
  None,       // custom predictor, ModelMesh, or refused by admission: no runtime is chosen
  Named,      // spec.predictor.model.runtime
  Automatic,
};

// One change and what the service would then run on; null: it would fail.
struct WhatIf {
  std::string change;             // "spec.predictor.model.protocolVersion: v2"
  const Object* where = nullptr;  // the runtime to be changed; null: the service
  const Object* runtime = nullptr;
};

struct Explanation {
  const ServiceFacts* service = nullptr;
  Choice choice = Choice::None;
  const Object* runtime = nullptr;     // null: there is none, or it failed
  std::string_view mode, mode_reason;  // empty when refused
  std::string question;                // "format sklearn, any version, protocol v1 (not named), one node"
  std::vector<Candidate> candidates;   // survivors first, in KServe's order
  std::vector<std::string> fragile;    // sentences; empty: firm
  std::vector<WhatIf> changes;
};

Explanation explain_service(const ServiceFacts& service, const Facts& facts);

// Why a runtime was dropped, about this model: "speaks v2, not v1".
std::string drop_sentence(const Candidate& candidate, View model);

std::string explanation_text(const Explanation& explanation, const Facts& facts);
// Schema isvcc.dev/explain/v1 (docs/explain.md).
std::string explanation_json(const Explanation& explanation, const Facts& facts);

}  // namespace isvcc
