#pragma once
// What outlives the memory that a step worked in: most of a value usually lies elsewhere and is shared.
#include "base/arena.h"
#include "tree/node.h"

namespace isvcc {

// The same value with nothing left in `passing`: what lies there is copied into `kept`, everything else is shared. Null stays null.
const Node* kept_from(const Arena& passing, const Node* value, Arena& kept);
inline std::string_view kept_from(const Arena& passing, std::string_view text, Arena& kept) { return passing.owns(text.data()) ? kept.copy(text) : text; }

}  // namespace isvcc
