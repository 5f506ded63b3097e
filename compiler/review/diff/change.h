#pragma once
// Differences between two values, as data: where, what kind, before and after. Printed elsewhere.
#include <cstdint>
#include <string>
#include <vector>

#include "review/diff/effect.h"
#include "tree/node.h"

namespace isvcc::diff {

enum class Op : uint8_t {
  Added,
  Removed,
  Changed,
  Renamed,    // an item of a list has another key; `before` and `after` are the keys
  Reordered,  // the same items in another order; `before` and `after` list the keys that moved
  Respelled,  // the same flags and values, written in another way
};
std::string_view op_name(Op op);

struct Change {
  Op op = Op::Changed;
  std::string path;  // "spec.template.spec.containers[kserve-container].env[HOME].value"
  View before, after;
  Effect effect = Effect::Metadata;
  bool secret = false;  // the values are not to be shown: both are absent
};

}  // namespace isvcc::diff
