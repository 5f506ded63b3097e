#pragma once
// Rendered objects as one side of a comparison: what kubectl hands to a diff program, or an output folder. Nothing is compiled.
#include "driver/pipeline.h"
#include "review/diff/side.h"

namespace isvcc {

// Reads the sources, or every file of the root whatever its name. Objects that carry KServe's owner reference or label count to that service.
// Views point into `memory`.
diff::Side rendered_side(const LoadOptions& options, std::string label, Compilation& memory);

}  // namespace isvcc
