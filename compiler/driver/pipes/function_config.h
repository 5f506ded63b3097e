#pragma once
// The functionConfig of a KRM function → what isvcc.yaml would say. Paths, output and Jsonnet settings have no meaning there.
#include "driver/project.h"

namespace isvcc {

struct FunctionConfig {
  Project project;
  bool check = false;  // look only: items stay as they are
};

// A `kind: Project` with the keys of isvcc.yaml, a ConfigMap whose data are these keys with YAML as text, or any kind with these keys
// in `spec`. Problems are diagnostics of stage config.
FunctionConfig read_function_config(View config, Scratch& scratch);

}  // namespace isvcc
