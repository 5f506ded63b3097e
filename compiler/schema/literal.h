#pragma once
// JSON constants of schemas (defaults, enumerations) → nodes. Trusted text only: there is no error report.
#include <string_view>

#include "tree/make.h"

namespace isvcc {

// Null when the text is not JSON.
const Node* json_literal(std::string_view text, const Make& make);

}  // namespace isvcc
