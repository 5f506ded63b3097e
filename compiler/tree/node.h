#pragma once
// The immutable value every phase passes on: what YAML, JSON and Jsonnet documents become, and what is rendered from them.
// Nodes live in an Arena and are never changed; a change is a new node that shares its unchanged children.
// Maps keep the author's order (good diagnostics); only the writer sorts.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/same_text.h"

namespace isvcc {

enum class Kind : uint8_t { Null, Bool, Int, Uint, Float, String, List, Map };

// Where a value was written. `file` 0 means that isvcc made the value; `offset` is then a pass (tree/origin.h).
struct Origin {
  uint32_t file = 0;
  uint32_t offset = 0;  // bytes from the start of the file
};

struct Field;

// Which of eight groups a key belongs to: a Map that has none of the group has no such key.
constexpr uint8_t key_group(std::string_view key) {
  const size_t mixed = key.size() * 3 + (key.empty() ? 0 : static_cast<unsigned char>(key[0]));
  return static_cast<uint8_t>(1u << (mixed & 7));
}

// `size` is the length of a String and the number of children of a List or Map. Uint is used only above INT64_MAX.
struct Node {
  Kind kind = Kind::Null;
  union {
    bool quoted = false;  // a String that was quoted or a block scalar in its source
    uint8_t key_groups;   // of a Map: see set_fields()
  };
  uint16_t length = 0;   // bytes of the token in its source, at most 65535; 0 when unknown
  uint32_t size = 0;
  Origin origin;
  union {
    const char* text;
    const Field* fields;
    const Node* const* items;
    int64_t i;
    uint64_t u;
    double d;
    bool b;
  };

  constexpr Node() : i(0) {}

  // Makes it a Map of these fields, which outlive it.
  void set_fields(const Field* first, size_t count);
};
static_assert(sizeof(Node) == 24);

// One entry of a Map. The key's own place in the source is `key_offset` in the file of the map.
struct Field {
  const char* key_text;
  uint32_t key_size;
  uint32_t key_offset;
  const Node* value;

  std::string_view key() const { return {key_text, key_size}; }
};

inline void Node::set_fields(const Field* first, size_t count) {
  kind = Kind::Map;
  size = static_cast<uint32_t>(count);
  fields = first;
  key_groups = 0;
  for (size_t i = 0; i < count; ++i) key_groups |= key_group(first[i].key());
}

// A null-safe way to read: a View of something absent is empty, and everything below it is absent too.
// An explicit `null` is present: test it with is_null().
class View {
 public:
  View(const Node* node = nullptr) : node_(node) {}  // NOLINT: conversion is the point

  const Node* node() const { return node_; }
  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const View&) const = delete;

  bool is(Kind kind) const { return node_ && node_->kind == kind; }
  bool is_null() const { return is(Kind::Null); }
  bool is_map() const { return is(Kind::Map); }
  bool is_list() const { return is(Kind::List); }
  bool is_text() const { return is(Kind::String); }
  bool is_number() const { return is(Kind::Int) || is(Kind::Uint) || is(Kind::Float); }

  // The child of a Map under `key`; absent for other kinds. When a key is repeated, the last one counts.
  View operator[](std::string_view key) const {
    const Field* found = field(key);
    return found ? View(found->value) : View();
  }
  // The same for a literal, whose length and group are known to the compiler: most questions are of this kind.
  template <size_t Size>
  View operator[](const char (&key)[Size]) const {
    static constexpr size_t length = Size - 1;
    const Field* found = is_map() && (node_->key_groups & key_group({key, length})) ? find_of_length<length>(key) : nullptr;
    return found ? View(found->value) : View();
  }
  // The child at a dotted path of plain keys: at("spec.predictor.model").
  View at(std::string_view dotted) const;
  const Field* field(std::string_view key) const { return is_map() && (node_->key_groups & key_group(key)) ? find(key) : nullptr; }

  std::span<const Field> fields() const { return is_map() ? std::span(node_->fields, node_->size) : std::span<const Field>(); }
  std::span<const Node* const> items() const {
    return is_list() ? std::span(node_->items, node_->size) : std::span<const Node* const>();
  }
  // Item i of a List, absent when there is none.
  View item(size_t i) const { return i < items().size() ? View(items()[i]) : View(); }
  // Number of children, or length of a String.
  size_t size() const { return node_ ? node_->size : 0; }

  // A map or a list with something in it.
  bool has_children() const { return (is_map() || is_list()) && node_->size > 0; }

  // The text of a String; `otherwise` for anything else.
  std::string_view text(std::string_view otherwise = {}) const {
    return is_text() ? std::string_view(node_->text, node_->size) : otherwise;
  }
  std::optional<int64_t> integer() const;
  std::optional<bool> boolean() const { return is(Kind::Bool) ? std::optional(node_->b) : std::nullopt; }
  bool is_true() const { return is(Kind::Bool) && node_->b; }

  // The member of a List whose `key` field has this text: named("name", "kserve-container"). The first one counts.
  View named(std::string_view key, std::string_view value) const;

 private:
  const Field* find(std::string_view key) const;  // of a Map
  template <size_t Length>
  [[gnu::noinline]] const Field* find_of_length(const char* key) const {
    for (const Field* at = node_->fields + node_->size; at != node_->fields;)
      if ((--at)->key_size == Length && same_text({at->key_text, Length}, {key, Length})) return at;
    return nullptr;
  }

  const Node* node_;
};

// "null", "boolean", "integer", "number", "string", "array", "object": the API server's words.
std::string_view type_name(View value);

// The value as compact JSON with keys in their stored order, for messages; cut after `limit` bytes.
std::string brief(View value, size_t limit = 80);

// Equal as JSON values; key order does not count, Int 1 equals Float 1.0.
bool equal(View a, View b);

// Shortest text that reads back as this double, printed as Go's encoding/json does (1e+21, 1e-7, -0, 100000).
std::string number_text(double value);
// The JSON text of a number node.
std::string number_text(const Node& number);

}  // namespace isvcc
