#pragma once
// JSON text → values, refusing with the words of Go's encoding/json. For text that isvcc made itself; files are read by load/.
#include <string>
#include <string_view>

#include "base/arena.h"
#include "tree/node.h"

namespace isvcc {

// Null and `error` set on failure. Repeated keys are kept in order. Nesting is limited to 200.
const Node* read_go_json(std::string_view text, Arena& arena, std::string& error);

}  // namespace isvcc
