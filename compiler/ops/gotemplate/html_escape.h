#pragma once
// What html/template does before it runs: every action gets an escaper at its end, and some templates are refused.
// Only plain text context: the caller guarantees that the text holds no '<'.
#include <string>

#include "ops/gotemplate/ast.h"

namespace isvcc::gotemplate {

struct EscapeResult {
  std::string error;   // Go's text, empty when all is well
  bool limit = false;  // the error is about a limit of ours
};

EscapeResult add_html_escapers(TemplateSet& set);

}  // namespace isvcc::gotemplate
