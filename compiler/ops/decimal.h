#pragma once
// Exact decimal numbers of any length: sign, digits, power of ten. Only what Quantity needs; no division, no rounding modes but "up".
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace isvcc {

// (negative ? -1 : 1) × digits × 10^scale. `digits` has no leading zeros; zero is "0" without a sign.
struct Decimal {
  bool negative = false;
  std::string digits = "0";
  int64_t scale = 0;

  bool is_zero() const { return digits == "0"; }
  static Decimal of(int64_t value, int64_t scale);
};

// The digits without leading zeros; "0" when nothing is left.
std::string without_leading_zeros(std::string digits);
// Moves trailing zeros of the digits into the scale.
void strip_zeros(Decimal& number);
// Away from zero, so that the scale is at least `scale`. Returns true when nothing was lost.
bool round_away(Decimal& number, int64_t scale);
void multiply(Decimal& number, uint32_t factor);
// Divides whole digits (scale 0) by `divisor` when that is exact.
bool divide_exactly(Decimal& number, uint32_t divisor);

int compare(const Decimal& a, const Decimal& b);
// The exact sum. Numbers more than 4,096 digits apart give the larger one, so that no exponent costs memory.
Decimal sum(const Decimal& a, const Decimal& b);

// The value when it is a whole number that fits.
std::optional<int64_t> to_int64(const Decimal& number);

}  // namespace isvcc
