#pragma once
// What a single value must be for its Schema, without any report: shared by validate.cpp, which tells, and conforms.cpp, which only asks.
#include <string_view>

#include "schema/schema.h"

namespace isvcc::fits {

// Most values are texts that may be anything.
inline bool is_free_text(View value, const Schema& schema) { return schema.any_text && value.is_text(); }
// A number without fraction that Go reads into an int64.
bool is_whole(View value);
inline bool type(View value, const Schema& schema) {
  switch (schema.type) {
    case SchemaType::Object:
    case SchemaType::Map: return value.is_map();
    case SchemaType::List: return value.is_list();
    case SchemaType::String: return value.is_text();
    case SchemaType::Integer: return is_whole(value);
    case SchemaType::Number: return value.is_number();
    case SchemaType::Boolean: return value.is(Kind::Bool);
    case SchemaType::IntOrString:
    case SchemaType::Quantity: return value.is_text() || is_whole(value);
    default: return true;
  }
}
// An integer of the schema's format (int32, int64, uint32, uint64); true for other types and for values that are no numbers.
bool integer_range(View value, const Schema& schema);
bool bounds(View number, const Schema& schema);
bool multiple(View number, const Schema& schema);
bool enumeration(View value, const Schema& schema);
bool pattern(std::string_view text, const Schema& schema);
size_t code_points(std::string_view text);
bool length(std::string_view text, const Schema& schema);
double as_double(View number);
// The keys of two items of a list map, or two items of a set.
bool same_key(View a, View b, const Schema& list);
inline constexpr size_t kFewItems = 16;
// No two items of a list map or set have the same key; quadratic, for short lists.
bool all_differ(View list, const Schema& schema);

}  // namespace isvcc::fits
