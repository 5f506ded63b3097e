#pragma once
// Go's encoding/json text of a value: compact, `<`, `>`, `&`, U+2028 and U+2029 escaped. Reading it back: ops/go_json_reader.h.
#include <string>
#include <string_view>

#include "base/arena.h"
#include "tree/node.h"

namespace isvcc {

// Keys in stored order: sort first (sorted_keys, in_go_order) where Go would. Absent values are null.
std::string go_json(View value);
// One string with its quotes.
void append_go_json_text(std::string& out, std::string_view text);

// The same value with the keys of every map sorted by bytes. Shares what is sorted already.
const Node* sorted_keys(View value, Arena& arena);

}  // namespace isvcc
