#pragma once
// A compiled repository as one side of a comparison (review/diff/side.h).
#include "driver/pipeline.h"
#include "review/diff/side.h"

namespace isvcc {

// Views point into `compilation`.
diff::Side side_of(const Compilation& compilation, std::string label);

// What was found to be wrong, warnings left out.
void add_errors(const Compilation& compilation, diff::Side& side);

}  // namespace isvcc
