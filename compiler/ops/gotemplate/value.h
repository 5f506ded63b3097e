#pragma once
// What a template computes with: Go values as reflection sees them. Nodes keep their place; texts live in an arena.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc::gotemplate {

enum class GoKind : uint8_t { Missing, Invalid, Bool, Int, Uint, Float, String, Slice, Map, Struct, Pointer };

// Missing: no value was piped. Invalid: Go's zero reflect.Value, what a missing map key gives.
struct GoValue {
  GoKind kind = GoKind::Invalid;
  bool nil = false;        // a nil map, slice or pointer
  std::string_view type;   // Go's name: "string", "map[string]string", "*v1.Time"
  std::string_view text;   // String
  union {
    bool b;
    int64_t i;
    uint64_t u;
    double d;
    const Node* node;  // Slice: List; Map, Struct: Map, or null when nil; Pointer: its target, or null
  };
  uint32_t begin = 0, end = 0;  // Slice: the part of the list

  GoValue() : i(0) {}
  static GoValue missing();
  static GoValue boolean(bool value);
  static GoValue integer(int64_t value, std::string_view type = "int");
  static GoValue byte(uint8_t value);
  static GoValue real(double value);
  static GoValue string(std::string_view text, std::string_view type = "string");
  // A value of the Go type `type`; null and absent nodes are its zero value.
  static GoValue of(View node, std::string_view type);
  // The type is guessed: "string", "int64", "map[string]string", "[]interface {}", …
  static GoValue guess(View node);
  static GoValue structure(View fields, std::string_view type);

  bool valid() const { return kind != GoKind::Invalid && kind != GoKind::Missing; }
  size_t size() const;
};

// Go's notion of true: not the zero value; structs are always true.
bool is_true(const GoValue& value);
// What a pointer points to; a nil pointer stays.
GoValue indirect(const GoValue& value);
// Nil maps, slices and pointers, and Invalid.
bool is_nil(const GoValue& value);
// True for v1.Time and time.Time, which print through their String method.
bool is_time(const GoValue& value);
std::string time_text(const GoValue& time);
// time.Date(1, time.January, …)
std::string time_source(const GoValue& time);

std::optional<GoValue> struct_field(const GoValue& value, std::string_view field);
struct NamedValue {
  std::string_view name;
  GoValue value;
};
std::vector<NamedValue> struct_fields(const GoValue& value);

std::string_view element_type(const GoValue& container);
GoValue slice_item(const GoValue& slice, size_t i);
// Nothing when the key is not there.
std::optional<GoValue> map_entry(const GoValue& map, std::string_view key);
// Sorted by key.
std::vector<NamedValue> map_entries(const GoValue& map);
// The zero value of an element of a map.
GoValue zero_element(const GoValue& map);

}  // namespace isvcc::gotemplate
