#pragma once
// The rows that tools/schema_compiler writes for schemas/*.schema; schema/builtin.cpp makes Schemas of them.
// Texts, schemas and limits are named by their index; index 0 is always the empty one.
#include <cstdint>
#include <span>
#include <string_view>

namespace isvcc::image {

// What Go writes for an unset value, where the type does not tell.
enum class Zero : uint8_t { ByType, Null, Duration };

struct LimitsRow {
  double minimum, maximum, multiple_of;
  int64_t min_length, max_length, min_items, max_items, min_properties, max_properties;
  bool has_minimum, has_maximum, exclusive_minimum, exclusive_maximum, unique_items;
};

struct RuleRow {
  uint16_t expression, message;
};

struct PropertyRow {
  uint16_t name, schema, default_json, merge_key;
  uint8_t merge;         // MergeStrategy
  bool required, always, pointer;
  uint8_t since, until;  // releases [since, until), by index
  uint16_t position;     // in the Go struct
};

struct SchemaRow {
  uint16_t name;
  uint8_t type;       // SchemaType
  uint8_t list_type;  // ListType
  Zero zero;
  bool nullable, preserve_unknown, embedded_resource, metric_quantity;
  uint16_t additional, items, pattern, format, limits;
  uint16_t first_property, properties;  // sorted by name
  uint16_t first_text, enumeration, list_keys, at_most_one;  // in `lists`: the enumeration as JSON, the list's keys, fields of which one may be given
  uint16_t first_rule, rules;
};

struct KindRow {
  uint16_t api_version, kind, schema;
  bool namespaced;
  uint8_t since, until;
};

struct TypeRow {
  uint16_t name, schema;
};

extern const std::span<const std::string_view> releases;
extern const std::span<const std::string_view> texts;
extern const std::span<const uint16_t> lists;
extern const std::span<const LimitsRow> limits;
extern const std::span<const RuleRow> rules;
extern const std::span<const PropertyRow> properties;
extern const std::span<const SchemaRow> schemas;
extern const std::span<const KindRow> kinds;  // sorted by api_version, kind
extern const std::span<const TypeRow> types;  // sorted by name

}  // namespace isvcc::image
