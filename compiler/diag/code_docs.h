#pragma once
// The table of codes as documentation: `isvcc explain CODE` and docs/diagnostics.md.
#include <string>

#include "diag/diagnostic.h"

namespace isvcc {

// Title, severity and help of one code, for a terminal.
std::string explain_code(const CodeInfo& code);

// docs/diagnostics.md, whole.
std::string diagnostics_markdown();

}  // namespace isvcc
