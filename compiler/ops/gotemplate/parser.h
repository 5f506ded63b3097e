#pragma once
// Tokens → syntax trees: Go's text/template grammar with its error texts. Nesting is limited to 200.
#include <string>

#include "ops/gotemplate/ast.h"

namespace isvcc::gotemplate {

// Fills `set.templates` from `set.text`. Returns Go's error text, empty when all is well.
std::string parse(TemplateSet& set);

// and, or, eq, printf, …: what a template may call.
bool is_function(std::string_view name);

}  // namespace isvcc::gotemplate
