#pragma once
// Making nodes. A Make is two words: copy it freely. Values it makes carry its origin.
#include <initializer_list>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc {

struct Entry {
  std::string_view key;
  const Node* value;  // a null pointer leaves the entry out
};

class Make {
 public:
  explicit Make(Arena& arena, Origin origin = {}) : arena_(&arena), origin_(origin) {}

  Arena& arena() const { return *arena_; }
  Origin origin() const { return origin_; }
  // The same, but values point to where `node` was written.
  Make at(View node) const { return Make(*arena_, node ? node.node()->origin : origin_); }

  const Node* null() const;
  const Node* boolean(bool value) const;
  const Node* integer(int64_t value) const;
  const Node* uinteger(uint64_t value) const;
  const Node* number(double value) const;
  // Copies the text into the arena.
  const Node* text(std::string_view value) const;
  // Keeps the view: the caller guarantees that it outlives the arena (a literal, or text already in an arena).
  const Node* borrowed(std::string_view value) const;

  // Entries with a null pointer are left out; keys are borrowed.
  const Node* map(std::initializer_list<Entry> entries) const;
  const Node* map(const std::vector<Entry>& entries) const;
  const Node* fields(std::span<const Field> fields) const;
  // Null pointers are left out.
  const Node* list(std::initializer_list<const Node*> items) const;
  const Node* list(const std::vector<const Node*>& items) const;
  const Node* texts(std::initializer_list<std::string_view> items) const;
  const Node* texts(const std::vector<std::string>& items) const;

  // `base` (a Map or absent) with `key` set to `value`: in place when present, else at the end.
  // A null pointer removes the key. The result shares everything else.
  const Node* with(View base, std::string_view key, const Node* value) const;
  const Node* without(View base, std::string_view key) const { return with(base, key, nullptr); }
  // As with(), at a dotted path of plain keys; missing maps on the way are made.
  const Node* with_path(View base, std::string_view dotted, const Node* value) const;
  // Later maps win key by key; keys keep the place of their first appearance. Absent maps count as empty; null when all are absent.
  const Node* overlay(std::initializer_list<View> maps) const;
  // A list with one more item at the end.
  const Node* appended(View list, const Node* item) const;
  // A list with item i replaced.
  const Node* replaced(View list, size_t i, const Node* item) const;
  const Node* concatenated(View first, View second) const;

  // The same node under another origin or kind flags.
  const Node* copy(const Node& node) const { return arena_->make(node); }

 private:
  friend class MapBuilder;
  Node blank(Kind kind) const;
  const Node* map_of(const Field* fields, size_t size) const;
  const Node* list_of(const Node* const* items, size_t size) const;
  template <class Entries>
  const Node* map_from(const Entries& entries) const;
  template <class Items>
  const Node* list_from(const Items& items) const;
  Arena* arena_;
  Origin origin_;
};

// Builds or edits one Map with many changes. What build() gave stays as it is when the builder goes on.
class MapBuilder {
 public:
  explicit MapBuilder(Make make, View base = {});
  // A copy shares the fields until one of the two changes them.
  MapBuilder(const MapBuilder& other) : make_(other.make_), fields_(other.fields_), size_(other.size_), capacity_(other.capacity_), built_(true) { other.built_ = true; }
  MapBuilder& operator=(const MapBuilder& other) {  // NOLINT(bugprone-unhandled-self-assignment): it owns nothing
    other.built_ = true;
    make_ = other.make_, fields_ = other.fields_, size_ = other.size_, capacity_ = other.capacity_, built_ = true;
    return *this;
  }
  // Sets or replaces; a null pointer removes. Keys are borrowed.
  MapBuilder& set(std::string_view key, const Node* value);
  MapBuilder& set_text(std::string_view key, std::string_view value) { return set(key, make_.text(value)); }
  MapBuilder& add_missing(std::string_view key, const Node* value) { return has(key) ? *this : set(key, value); }
  MapBuilder& erase(std::string_view key) { return set(key, nullptr); }
  bool has(std::string_view key) const;
  View get(std::string_view key) const;
  bool empty() const { return size_ == 0; }
  const Node* build() const;
  const Node* build_or_null() const { return empty() ? nullptr : build(); }

 private:
  Field* find(std::string_view key) const;
  void own(size_t capacity);

  Make make_;
  Field* fields_ = nullptr;  // in the arena: what build() gives points to them
  size_t size_ = 0, capacity_ = 0;
  mutable bool built_ = false;  // others read the fields: the next change makes a copy
};

}  // namespace isvcc
