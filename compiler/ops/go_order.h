#pragma once
// The order in which Go's encoding/json writes keys: struct fields as declared, map keys sorted. It shows where text is cut or counted:
// in error columns of templates over JSON and in values that break out of their string.
#include "schema/schema.h"

namespace isvcc {

// The same value with all keys in Go's order; unknown keys come last, sorted. Shares what is in order already.
const Node* in_go_order(View value, const Schema& schema, Arena& arena);

}  // namespace isvcc
