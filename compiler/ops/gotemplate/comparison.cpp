#include "ops/gotemplate/comparison.h"

#include "base/text.h"
#include "ops/gotemplate/format.h"

namespace isvcc::gotemplate {

static bool is_basic(const GoValue& value) {
  switch (value.kind) {
    case GoKind::Bool:
    case GoKind::Int:
    case GoKind::Uint:
    case GoKind::Float:
    case GoKind::String: return true;
    default: return false;
  }
}

static bool is_whole(const GoValue& value) { return value.kind == GoKind::Int || value.kind == GoKind::Uint; }

// Signed against unsigned: bytes of a string are the only unsigned values, so all fit.
static bool equal_basic(const GoValue& a, const GoValue& b) {
  switch (a.kind) {
    case GoKind::Bool: return a.b == b.b;
    case GoKind::Float: return a.d == b.d;
    case GoKind::String: return a.text == b.text;
    default: return a.i == b.i;
  }
}

static bool comparable(const GoValue& value) { return value.kind == GoKind::Struct ? is_time(value) : value.kind == GoKind::Pointer; }

// Values that are neither numbers nor texts: only nil and identity mean anything.
static bool equal_other(const GoValue& a, const GoValue& b, std::string& error) {
  if (a.valid() && b.valid() && a.kind != b.kind) {
    error = cat("non-comparable types ", format_value(a, 's'), ": ", a.type, ", ", b.type, ": ", format_value(b));
    return false;
  }
  if (is_nil(a) || is_nil(b)) return is_nil(a) == is_nil(b);
  if (!comparable(b)) {
    error = cat("non-comparable type ", format_value(b, 's'), ": ", b.type);
    return false;
  }
  return a.type == b.type && (a.kind == GoKind::Pointer ? a.node == b.node : time_text(a) == time_text(b));
}

bool equals_any(const GoValue& value, std::span<const GoValue> others, std::string& error) {
  if (others.empty()) error = "missing argument for comparison";
  for (const GoValue& other : others) {
    const bool same_kind = value.kind == other.kind || (is_whole(value) && is_whole(other));
    bool equal = false;
    if (is_basic(value) && same_kind) equal = equal_basic(value, other);
    else if (!is_basic(value) && !is_basic(other)) equal = equal_other(value, other, error);
    else if (value.valid() && other.valid()) error = cat("incompatible types for comparison: ", value.type, " and ", other.type);
    if (!error.empty()) return false;
    if (equal) return true;
  }
  return false;
}

bool less(const GoValue& a, const GoValue& b, std::string& error) {
  const bool basic = is_basic(a) && is_basic(b), alike = a.kind == b.kind || (is_whole(a) && is_whole(b));
  if (basic && !alike) error = cat("incompatible types for comparison: ", a.type, " and ", b.type);
  else if (!basic || a.kind == GoKind::Bool) error = "invalid type for comparison";
  if (!error.empty()) return false;
  switch (a.kind) {
    case GoKind::Float: return a.d < b.d;
    case GoKind::String: return a.text < b.text;
    default: return a.i < b.i;
  }
}

}  // namespace isvcc::gotemplate
