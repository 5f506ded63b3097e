#pragma once
// Runs a parsed template set over data: Go's text/template execution with the same errors, bounded in steps, output and depth.
#include <string>

#include "base/arena.h"
#include "ops/gotemplate/ast.h"
#include "ops/gotemplate/value.h"

namespace isvcc::gotemplate {

struct RunResult {
  std::string text;
  std::string error;
  bool limit = false;  // the error is about a limit, not about the template
};

RunResult run(const TemplateSet& set, const GoValue& data, Arena& arena);

}  // namespace isvcc::gotemplate
