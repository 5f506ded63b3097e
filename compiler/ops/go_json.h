#pragma once
// Go's encoding/json text of a value: compact, `<`, `>`, `&`, U+2028 and U+2029 escaped.
#include <string>

#include "schema/schema.h"

namespace isvcc {

// Keys in stored order when `schema` is null (sort first with sorted()), else in the order of the Go struct's fields where the schema
// knows it; Go maps are always sorted.
std::string go_json(View value);

// The same value with the keys of every map sorted by bytes.
const Node* sorted_keys(View value, class Arena& arena);

}  // namespace isvcc
