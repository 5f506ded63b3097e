#pragma once
// The part of CEL that validation rules of CRDs (x-kubernetes-validations) mostly use: field access, comparison, logic, arithmetic,
// has(), size(), in, texts' methods, all/exists/filter/map over lists and maps. Anything else is not evaluated, never guessed.
#include <cstdint>
#include <string>
#include <string_view>

#include "tree/node.h"

namespace isvcc {

enum class CelVerdict {
  Holds,
  Fails,
  Error,         // the rule cannot be computed for this value (a field is missing, a division by zero): upstream refuses
  NotEvaluated,  // uses what isvcc does not know, or takes too long
  Transition,    // speaks about the stored object (oldSelf): not applied to a new one
};

struct CelOutcome {
  CelVerdict verdict = CelVerdict::NotEvaluated;
  std::string error;  // of Error and NotEvaluated
};

// What all rules of one object may cost together.
struct CelBudget {
  uint64_t steps = 2'000'000;
};

CelOutcome evaluate_rule(std::string_view expression, View self, CelBudget& budget);

}  // namespace isvcc
