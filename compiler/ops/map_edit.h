#pragma once
// Rewrites one Map or List, sharing everything until something really changes: the common case allocates nothing.
#include <vector>

#include "tree/make.h"

namespace isvcc {

// Go through the fields of `map` in order, calling keep(), replace() or drop() for each; then add() what is missing.
class MapEdit {
 public:
  MapEdit(const Node& map, Arena& arena) : map_(map), arena_(arena) {}

  void keep() { replace(map_.fields[at_].value); }

  // Most fields stay: they take the short way, which is worth its place in every caller.
  [[gnu::always_inline]] void replace(const Node* value) {
    if (changed_ || value != map_.fields[at_].value) return change(value);
    ++at_;
  }

  void drop() {
    start();
    ++at_;
  }

  // `key` must outlive the arena.
  void add(std::string_view key, const Node* value) {
    start();
    out_.push_back({key.data(), static_cast<uint32_t>(key.size()), map_.origin.offset, value});
  }

  // Sets a field that was gone through already, or adds it.
  void set(std::string_view key, const Node* value) {
    start();
    for (Field& field : out_)
      if (field.key() == key) return void(field.value = value);
    add(key, value);
  }

  const Node* done() const {
    if (!changed_) return &map_;
    Node copy = map_;
    const std::span<const Field> fields = arena_.copy(std::span<const Field>(out_));
    copy.set_fields(fields.data(), fields.size());
    return arena_.make(copy);
  }

 private:
  [[gnu::noinline]] void change(const Node* value) {
    start();
    out_.push_back(map_.fields[at_++]);
    out_.back().value = value;
  }

  void start() {
    if (changed_) return;
    changed_ = true;
    out_.reserve(map_.size + 4);
    out_.assign(map_.fields, map_.fields + at_);
  }

  const Node& map_;
  Arena& arena_;
  size_t at_ = 0;
  bool changed_ = false;
  std::vector<Field> out_;
};

// The same for the items of a List, each replaced once, in order.
class ListEdit {
 public:
  ListEdit(const Node& list, Arena& arena) : list_(list), arena_(arena) {}

  void replace(const Node* item) {
    if (!changed_ && item == list_.items[at_]) return void(++at_);
    if (!changed_) out_.assign(list_.items, list_.items + at_);
    changed_ = true;
    out_.push_back(item);
    ++at_;
  }

  const Node* done() const {
    if (!changed_) return &list_;
    Node copy = list_;
    copy.items = arena_.copy(std::span<const Node* const>(out_)).data();
    return arena_.make(copy);
  }

 private:
  const Node& list_;
  Arena& arena_;
  size_t at_ = 0;
  bool changed_ = false;
  std::vector<const Node*> out_;
};

}  // namespace isvcc
