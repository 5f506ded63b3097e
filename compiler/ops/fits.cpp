#include "ops/fits.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/char_set.h"
#include "schema/pattern.h"

namespace isvcc::fits {

bool is_whole(View value) {
  return value.is(Kind::Int) || value.is(Kind::Uint) || (value.is(Kind::Float) && value.node()->d == std::floor(value.node()->d) && std::abs(value.node()->d) <= 9007199254740992.0);
}

double as_double(View number) {
  const Node& node = *number.node();
  if (node.kind == Kind::Float) return node.d;
  return node.kind == Kind::Uint ? static_cast<double>(node.u) : static_cast<double>(node.i);
}

struct IntegerFormat {
  std::string_view name;
  double least, most;  // exact as doubles, apart from the 64-bit ends, which the kinds of numbers tell apart
};
static constexpr IntegerFormat integer_formats[] = {{"int32", -2147483648.0, 2147483647.0}, {"uint32", 0, 4294967295.0}, {"uint64", 0, 18446744073709551615.0}};

bool integer_range(View value, const Schema& schema) {
  if (schema.type != SchemaType::Integer || !value.is_number()) return true;
  for (const IntegerFormat& format : integer_formats)
    if (same_text(format.name, schema.format)) return as_double(value) >= format.least && as_double(value) <= format.most;
  return !value.is(Kind::Uint);
}

bool bounds(View number, const Schema& schema) {
  if (!schema.has_minimum && !schema.has_maximum) return true;
  const double value = as_double(number);
  const bool below = schema.has_minimum && (value < schema.minimum || (schema.exclusive_minimum && value == schema.minimum));
  const bool above = schema.has_maximum && (value > schema.maximum || (schema.exclusive_maximum && value == schema.maximum));
  return !below && !above;
}

bool multiple(View number, const Schema& schema) { return schema.multiple_of == 0 || std::fmod(as_double(number), schema.multiple_of) == 0; }

bool enumeration(View value, const Schema& schema) {
  return schema.enumeration.empty() || std::any_of(schema.enumeration.begin(), schema.enumeration.end(), [&](const Node* allowed) { return equal(value, allowed); });
}

// Most quantities: digits and one suffix. They need no regular expression.
static bool is_simple_quantity(std::string_view text) {
  const size_t digits = kDecimalDigits.first_not_in(text);
  const std::string_view suffix = text.substr(digits);
  return digits > 0 && (suffix.empty() || suffix == "m" || suffix == "Mi" || suffix == "Gi");
}

bool pattern(std::string_view text, const Schema& schema) {
  return !schema.matcher || (schema.type == SchemaType::Quantity && is_simple_quantity(text)) || schema.matcher->matches(text);
}

bool length(std::string_view text, const Schema& schema) {
  // A character has one to four bytes: most texts are told by their bytes alone.
  const auto bytes = static_cast<int64_t>(text.size());
  if ((schema.max_length < 0 || bytes <= schema.max_length) && bytes >= 4 * schema.min_length) return true;
  const auto characters = static_cast<int64_t>(code_points(text));
  return (schema.max_length < 0 || characters <= schema.max_length) && characters >= schema.min_length;
}

size_t code_points(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool same_key(View a, View b, const Schema& list) {
  if (list.list_type == ListType::Set) return equal(a, b);
  return std::all_of(list.list_keys.begin(), list.list_keys.end(), [&](std::string_view key) {
    const View x = a[key], y = b[key];
    return x ? y && equal(x, y) : !y;
  });
}

static bool same_value(View a, View b) { return a.is_text() && b.is_text() ? same_text(a.text(), b.text()) : equal(a, b); }

// Most items differ in their first key: it is read once of each.
static bool all_differ_by_keys(std::span<const Node* const> items, const Schema& schema) {
  std::array<View, kFewItems> first;
  for (size_t i = 0; i < items.size(); ++i) {
    first[i] = View(items[i])[schema.list_keys.front()];
    for (size_t j = 0; j < i; ++j)
      if (same_value(first[i], first[j]) && same_key(items[i], items[j], schema)) return false;
  }
  return true;
}

bool all_differ(View list, const Schema& schema) {
  const auto items = list.items();
  if (schema.list_type == ListType::Map && !schema.list_keys.empty() && items.size() <= kFewItems) return all_differ_by_keys(items, schema);
  for (size_t i = 1; i < items.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (same_key(items[i], items[j], schema)) return false;
  return true;
}

}  // namespace isvcc::fits
