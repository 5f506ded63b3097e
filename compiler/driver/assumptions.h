#pragma once
// What isvcc takes for granted because it cannot know a cluster: listed per run, and errors with --deny-assumption.
#include <string>
#include <vector>

#include "driver/pipeline.h"

namespace isvcc {

struct Assumption {
  std::string_view id;  // stable, for the JSON report
  std::string text;
};

// Only those that this run's result depends on, in a fixed order.
std::vector<Assumption> assumptions_of(const Compilation& compilation);

// Each assumption as an error.
void deny_assumptions(Compilation& compilation);

}  // namespace isvcc
