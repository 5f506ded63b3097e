#pragma once
// One object before and after → its changes. Compares what the API server would store: quantities by value, lists by their keys,
// command lines as flags; what only a cluster writes (status, managed fields, …) and Secret data are left alone.
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "review/diff/change.h"
#include "schema/schema.h"

namespace isvcc::diff {

// `schema` may be null. Changes come in the order of their paths' keys. `arena` keeps the texts that changes point to.
std::vector<Change> compare_objects(View before, View after, const Schema* schema, Arena& arena);

}  // namespace isvcc::diff
