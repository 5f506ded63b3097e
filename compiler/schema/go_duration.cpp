#include "schema/go_duration.h"

#include <algorithm>

namespace isvcc {
namespace {

struct Unit {
  std::string_view name;
  double nanoseconds;
};

constexpr Unit units[] = {{"ns", 1}, {"us", 1e3}, {"µs", 1e3}, {"μs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};

// Digits with at most one point among them.
std::optional<double> take_number(std::string_view& rest) {
  double value = 0, scale = 1;
  bool digits = false, fraction = false;
  for (; !rest.empty() && (rest[0] == '.' || (rest[0] >= '0' && rest[0] <= '9')); rest.remove_prefix(1)) {
    if (rest[0] == '.') {
      if (fraction) return std::nullopt;
      fraction = true;
      continue;
    }
    digits = true;
    value = value * 10 + (rest[0] - '0');
    if (fraction) scale *= 10;
  }
  return digits ? std::optional(value / scale) : std::nullopt;
}

const Unit* take_unit(std::string_view& rest) {
  const size_t end = std::min(rest.find_first_of(".0123456789"), rest.size());
  const auto unit = std::find_if(std::begin(units), std::end(units), [&](const Unit& u) { return u.name == rest.substr(0, end); });
  if (unit == std::end(units)) return nullptr;
  rest.remove_prefix(end);
  return unit;
}

}  // namespace

std::optional<int64_t> parse_go_duration(std::string_view text) {
  const bool negative = text.starts_with("-");
  if (negative || text.starts_with("+")) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    const std::optional<double> number = take_number(text);
    const Unit* unit = number ? take_unit(text) : nullptr;
    if (!unit) return std::nullopt;
    total += *number * unit->nanoseconds;
  }
  if (total > 9.2e18) return std::nullopt;
  return static_cast<int64_t>(negative ? -total : total);
}

}  // namespace isvcc
