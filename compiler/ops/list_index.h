#pragma once
// Positions of the items of a list by the scalar under their merge key, or by themselves. Linear for short lists, hashed for long ones.
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tree/node.h"

namespace isvcc {

// Equal as Go compares interface values: the type counts (8080 and 8080.0 differ), maps and lists equal nothing.
bool same_scalar(const Node& a, const Node& b);

class ListIndex {
 public:
  // `key` empty: the items themselves are scalars.
  explicit ListIndex(std::string_view key) : key_(key) {}
  ListIndex(const std::vector<const Node*>& items, std::string_view key) : key_(key) {
    for (const Node* item : items) add(item);
  }

  // The next item. One without the key takes a position, too, but is never found.
  void add(const Node* item);
  // The first item with this scalar, or kNone.
  size_t find(const Node& scalar) const;
  // The scalar that stands for an item; null when it has none.
  const Node* scalar_of(const Node* item) const { return key_.empty() ? item : View(item)[key_].node(); }
  size_t find_like(const Node* item) const {
    const Node* scalar = scalar_of(item);
    return scalar ? find(*scalar) : kNone;
  }

  static constexpr size_t kNone = ~size_t{0};

 private:
  static constexpr size_t kLinear = 16;
  struct Hash {
    size_t operator()(const Node* node) const;
  };
  struct Same {
    bool operator()(const Node* a, const Node* b) const { return same_scalar(*a, *b); }
  };

  std::string_view key_;
  std::vector<const Node*> scalars_;
  mutable std::unordered_map<const Node*, size_t, Hash, Same> first_;
  mutable size_t hashed_ = 0;
};

}  // namespace isvcc
