#pragma once
// Command lines as flags: `--a=b` and `--a b` say the same. Reads argparse's and Go's conventions; knows no program.
#include <string>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc::diff {

struct Flag {
  std::string_view name;                 // with its dashes; empty for what stands before the first flag
  std::vector<std::string_view> values;  // what belongs to it: after '=', or the words up to the next flag
};

// Every item of `list` is a string.
std::vector<Flag> read_flags(View list);

struct FlagChange {
  std::string name;                       // "--max-model-len", "--x (2nd)"; empty: positional words
  bool before = false, after = false;     // whether it is there
  std::string value_before, value_after;  // values joined by blanks
};

struct FlagChanges {
  std::vector<FlagChange> changes;  // in the order of `after`, removed ones last
  bool reordered = false;           // nothing but the order of flags differs
  bool respelled = false;           // nothing but the notation differs
};

FlagChanges compare_flags(View before, View after);

}  // namespace isvcc::diff
