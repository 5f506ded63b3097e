#pragma once
// Items of keyed lists that only got another key: a volume, a container, an environment variable with a new name.
#include <vector>

#include "review/diff/list_pairs.h"

namespace isvcc::diff {

struct Rename {
  size_t old_pair = 0, new_pair = 0;  // positions in ListPairs::pairs
};

// Each pair of an item that is gone and one that is new whose contents are equal, or nearly so for large ones, and that cannot be
// mistaken for another pair.
std::vector<Rename> find_renames(View before, View after, const ListPairs& pairs);

// The part of values that two values have in common, 0 to 1000; keys in `without` do not count at the top.
int similarity(View a, View b, const std::vector<std::string>& without);

}  // namespace isvcc::diff
