#pragma once
// The part of CEL that validation rules of CRDs (x-kubernetes-validations) mostly use: field access, comparison, logic, arithmetic,
// has(), size(), in, texts' methods, all/exists/filter/map over lists and maps. Anything else is not evaluated, never guessed.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tree/node.h"

namespace isvcc {

struct CelReads;

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

// One rule. Parsed when it is first needed, then shared by all threads.
class CelProgram {
 public:
  explicit CelProgram(std::string_view text);
  ~CelProgram();
  CelProgram(const CelProgram&) = delete;
  CelProgram& operator=(const CelProgram&) = delete;

  CelOutcome holds_for(View self, CelBudget& budget) const;
  // For messageExpression: the text it gives, empty when it gives none.
  std::string text_for(View self, CelBudget& budget) const;
  // Adds what the rule reads of a value (schema/cel_reads.h).
  void add_reads(CelReads& self) const;

 private:
  struct Parsed;
  const Parsed& parsed() const;

  std::string text_;
  mutable std::unique_ptr<Parsed> parsed_;
};

// The same, for one use.
CelOutcome evaluate_rule(std::string_view expression, View self, CelBudget& budget);

}  // namespace isvcc
