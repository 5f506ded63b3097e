#pragma once
// Which items of two lists are the same thing: by their key where the schema or the items themselves have one, else by place after
// what is equal has been aligned.
#include <optional>
#include <string>
#include <vector>

#include "schema/schema.h"
#include "tree/node.h"

namespace isvcc::diff {

struct ItemPair {
  std::optional<size_t> before, after;  // one of them at least
  std::string label;                    // the key, or the place as a number
};

struct ListPairs {
  std::vector<ItemPair> pairs;  // in the order of `after`; items that are gone come last
  bool keyed = false;
  std::vector<std::string> keys_of_item;  // fields that make the key; "name"
  bool reordered = false;       // keyed: what both lists have stands in another order
};

// `list` may be null: nothing is known about the type.
ListPairs pair_items(View before, View after, const Schema* list, std::string_view merge_key);

}  // namespace isvcc::diff
