#pragma once
// The two judgements of an explanation. Internal to review/.
#include "review/explain.h"

namespace isvcc {

// What the choice hangs on, from the explanation's candidates.
std::vector<std::string> weak_points(const Explanation& explanation, const Facts& facts);

// Single changes of the service or of a runtime that lead to another answer.
std::vector<WhatIf> what_ifs(const Explanation& explanation, const Facts& facts);

}  // namespace isvcc
