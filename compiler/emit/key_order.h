#pragma once
// The order of a map's keys in written YAML: the one sigs.k8s.io/yaml gives wherever that has one.
// Decides nothing about values and never sees more than one map at a time.
//
// go-yaml compares two keys at their first difference: letters after everything else, letters by code point, digit
// runs as numbers ("v2" before "v10"). That relation has cycles (v10 < v1alpha1 < v2 < v10), so it is no strict weak
// order, must not reach std::sort, and for such sets Go's own output varies from run to run; each pair of such a set
// is recorded with a stable result, so no fixed order of all strings agrees with Go. Hence an order per set:
//  - keys without digits: the relation is a total order, sorted directly;
//  - otherwise the keys are put into byte order first (so the author's order cannot show) and then merged by Go's
//    comparison. The result is a chain where every key is less than the next one. In a set without cycles there is
//    exactly one such chain, Go's; in a set with cycles only the keys inside a cycle could stand otherwise.
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc {

// Mirrors keyList.Less of go-yaml v2 for strings. Total on distinct valid strings, not transitive.
bool go_key_less(std::string_view a, std::string_view b);

// One field with the first bytes of its key as a number: smaller numbers come first.
struct RankedField {
  uint64_t prefix;
  const Field* field;
};
inline constexpr size_t kFewFields = 16;

// The order of at most kFewFields fields that their keys' first bytes tell, without digits and characters above ASCII: nearly all maps. False for others.
bool rank_few(std::span<const Field> fields, RankedField* ranked);

// Sorts one map's fields; equal keys stay in their stored order. `spare` is scratch space.
void sort_keys(std::span<const Field*> fields, std::vector<const Field*>& spare);

}  // namespace isvcc
