#include "tree/node.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"

namespace isvcc {

const Field* View::find(std::string_view key) const {
  for (const Field* at = node_->fields + node_->size; at != node_->fields;)
    if (same_text((--at)->key(), key)) return at;
  return nullptr;
}

View View::at(std::string_view dotted) const {
  View at = *this;
  while (at && !dotted.empty()) {
    const size_t dot = dotted.find('.');
    at = at[dotted.substr(0, dot)];
    dotted = dot == std::string_view::npos ? std::string_view() : dotted.substr(dot + 1);
  }
  return at;
}

View View::named(std::string_view key, std::string_view value) const {
  for (const Node* item : items())
    if (const View found = View(item)[key]; found.is_text() && same_text(found.text(), value)) return item;
  return {};
}

std::optional<int64_t> View::integer() const {
  if (is(Kind::Int)) return node_->i;
  if (is(Kind::Float) && node_->d == std::floor(node_->d) && std::abs(node_->d) < 9.0e18) return static_cast<int64_t>(node_->d);
  return std::nullopt;
}

std::string_view type_name(View value) {
  if (!value) return "null";
  switch (value.node()->kind) {
    case Kind::Null: return "null";
    case Kind::Bool: return "boolean";
    case Kind::Int:
    case Kind::Uint: return "integer";
    case Kind::Float: return "number";
    case Kind::String: return "string";
    case Kind::List: return "array";
    case Kind::Map: return "object";
  }
  return "null";
}

// Large whole numbers: the shortest digits, filled up with zeros (std::chars_format::fixed would print every digit of the double).
static std::string large_text(double value) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t e = text.find('e');
  const auto power = static_cast<size_t>(parse_int(text.substr(e + 2)).value_or(0));
  std::string digits(1, text[0]);
  if (e > 1) digits += text.substr(2, e - 2);
  digits.resize(power + 1, '0');
  return value < 0 ? "-" + digits : digits;
}

std::string number_text(double value) {
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  const double magnitude = std::abs(value);
  if (magnitude >= 1e16 && magnitude < 1e21) return large_text(value);
  char buffer[64];
  const bool exponent = magnitude < 1e-6 || magnitude >= 1e21;
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, exponent ? std::chars_format::scientific : std::chars_format::fixed).ptr;
  std::string text(buffer, end);
  // Go writes e-7 where C++ writes e-07.
  const size_t e = text.find('e');
  if (e != std::string::npos && text.size() == e + 4 && text[e + 1] == '-' && text[e + 2] == '0') text.erase(e + 2, 1);
  return text;
}

std::string number_text(const Node& number) {
  if (number.kind == Kind::Int) return cat(number.i);
  if (number.kind == Kind::Uint) return cat(number.u);
  return number_text(number.d);
}

static void append_brief(std::string& out, View value, size_t limit) {
  if (out.size() > limit) return;
  if (!value || value.is_null()) return void(out += "null");
  if (value.is(Kind::Bool)) return void(out += value.is_true() ? "true" : "false");
  if (value.is_number()) return void(out += number_text(*value.node()));
  if (value.is_text()) return void(out += cat('"', printable(value.text().substr(0, limit)), '"'));
  const bool map = value.is_map();
  out += map ? '{' : '[';
  const char* comma = "";
  for (const Field& f : value.fields()) {
    out += std::exchange(comma, ",");
    out += cat('"', printable(f.key()), "\":");
    append_brief(out, f.value, limit);
    if (out.size() > limit) return;
  }
  for (const Node* item : value.items()) {
    out += std::exchange(comma, ",");
    append_brief(out, item, limit);
    if (out.size() > limit) return;
  }
  out += map ? '}' : ']';
}

std::string brief(View value, size_t limit) {
  std::string out;
  append_brief(out, value, limit);
  if (out.size() <= limit) return out;
  size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) --cut;
  return out.substr(0, cut) + "…";
}

static bool is_zero(const Node& n) { return n.kind == Kind::Float ? n.d == 0 : n.i == 0; }

static bool equal_numbers(const Node& a, const Node& b) {
  if (is_zero(a) || is_zero(b)) return is_zero(a) && is_zero(b);  // -0.0 is printed otherwise
  if (a.kind == b.kind) return a.kind == Kind::Float ? a.d == b.d : a.i == b.i;
  if (a.kind != Kind::Float && b.kind != Kind::Float) return false;
  return number_text(a) == number_text(b);
}

static bool same_keys(std::span<const Field> a, std::span<const Field> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Field& x, const Field& y) { return x.key() == y.key(); });
}

bool equal(View a, View b) {
  if (a.node() == b.node()) return true;
  if (!a || !b) return false;
  if (a.is_number() && b.is_number()) return equal_numbers(*a.node(), *b.node());
  if (a.node()->kind != b.node()->kind) return false;
  switch (a.node()->kind) {
    case Kind::Null: return true;
    case Kind::Bool: return a.node()->b == b.node()->b;
    case Kind::String: return a.text() == b.text();
    case Kind::List:
      if (a.size() != b.size()) return false;
      for (size_t i = 0; i < a.size(); ++i)
        if (!equal(a.item(i), b.item(i))) return false;
      return true;
    case Kind::Map:
      if (a.size() != b.size()) return false;
      // Most often both were made by the same code, and the keys stand at the same places.
      if (same_keys(a.fields(), b.fields())) {
        for (size_t i = 0; i < a.size(); ++i)
          if (!equal(a.fields()[i].value, b.fields()[i].value)) return false;
        return true;
      }
      for (const Field& f : a.fields()) {
        const Field* other = b.field(f.key());
        if (!other || !equal(f.value, other->value)) return false;
      }
      return true;
    default: return false;
  }
}

}  // namespace isvcc
