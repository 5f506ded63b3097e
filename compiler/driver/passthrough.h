#pragma once
// `passthrough: true`: objects that isvcc does not compile are copied into the output unchanged; Secrets only when the project names them.
#include "driver/pipeline.h"

namespace isvcc {

// `only`: the sources of which objects are copied; empty: all.
void add_passthrough(const Project& project, Compilation& out, const std::vector<std::string>& only = {});

}  // namespace isvcc
