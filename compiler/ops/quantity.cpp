#include "ops/quantity.h"

#include <array>
#include <limits>

#include "base/text.h"

namespace isvcc {

static constexpr std::array<std::string_view, 10> kDecimalSuffixes = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
static constexpr std::array<std::string_view, 7> kBinarySuffixes = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

static __int128 power_of_ten(int64_t exponent) {
  __int128 power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

static bool fits(__int128 value) {
  return value >= std::numeric_limits<int64_t>::min() && value <= std::numeric_limits<int64_t>::max();
}

void Quantity::assign(Decimal number) {
  const std::optional<int64_t> mantissa = to_int64({number.negative, number.digits, 0});
  if (mantissa) {
    small_ = *mantissa;
    scale_ = *mantissa == 0 ? 0 : number.scale;
    wide_ = {};
    return;
  }
  scale_ = number.scale;
  wide_ = std::move(number);
}

int Quantity::sign() const {
  if (is_wide()) return wide_.negative ? -1 : 1;
  return (small_ > 0) - (small_ < 0);
}

std::string Quantity::text() const { return verbatim_.empty() ? canonical() : verbatim_; }

std::string Quantity::canonical() const {
  if (is_zero()) return "0";
  if (format_ != Format::BinarySI) return canonical_decimal(format_);
  return canonical_binary();
}

// Small or broken values are written as decimals even in binary format, so that nothing is lost.
std::string Quantity::canonical_binary() const {
  static const Decimal kLimit = Decimal::of(1024, 0);
  Decimal number = exact();
  const bool negative = number.negative;
  number.negative = false;
  strip_zeros(number);
  if (isvcc::compare(number, kLimit) < 0 || number.scale < 0 || number.scale > 1000) return canonical_decimal(Format::DecimalSI);
  number.digits.append(static_cast<size_t>(number.scale), '0');
  size_t suffix = 0;
  while (suffix + 1 < kBinarySuffixes.size() && divide_exactly(number, 1024)) ++suffix;
  return cat(negative ? "-" : "", number.digits, kBinarySuffixes[suffix]);
}

// The largest exponent divisible by three that leaves a whole number in front.
std::string Quantity::canonical_decimal(Format format) const {
  Decimal number = exact();
  strip_zeros(number);
  const auto append_zeros = [&](int64_t count) {
    number.digits.append(static_cast<size_t>(count), '0');
    number.scale -= count;
  };
  append_zeros((number.scale % 3 + 3) % 3);
  std::string suffix;
  if (format == Format::DecimalExponent) {
    if (number.scale != 0) suffix = cat('e', number.scale);
  } else {
    if (number.scale > 18) append_zeros(std::min<int64_t>(number.scale - 18, 1000));
    suffix = kDecimalSuffixes[static_cast<size_t>(std::min<int64_t>(number.scale / 3 + 3, 9))];
  }
  return cat(number.negative ? "-" : "", number.digits, suffix);
}

int Quantity::compare(const Quantity& other) const {
  const int64_t gap = scale_ - other.scale_;
  if (is_wide() || other.is_wide() || gap > 18 || gap < -18) return isvcc::compare(exact(), other.exact());
  const __int128 left = small_ * power_of_ten(gap), right = other.small_ * power_of_ten(-gap);
  return (left > right) - (left < right);
}

// Mirrors Quantity.Add: 64-bit integers as long as they do not overflow, big decimals from then on.
Quantity Quantity::plus(const Quantity& other) const {
  Quantity result;
  result.format_ = is_zero() ? other.format_ : format_;
  result.big_ = big_ || other.big_;
  const int64_t gap = scale_ - other.scale_;
  if (!is_wide() && !other.is_wide() && gap <= 18 && gap >= -18) {
    const __int128 left = small_ * power_of_ten(gap), right = other.small_ * power_of_ten(-gap);
    if (fits(left) && fits(right) && fits(left + right)) {
      result.small_ = static_cast<int64_t>(left + right);
      result.scale_ = result.small_ == 0 ? 0 : std::min(scale_, other.scale_);
      return result;
    }
  }
  result.big_ |= !is_zero() && !other.is_zero();
  result.assign(sum(exact(), other.exact()));
  return result;
}

Quantity Quantity::minus(const Quantity& other) const {
  Quantity negated = other;
  negated.verbatim_.clear();
  if (other.is_wide()) negated.wide_.negative = !other.wide_.negative;
  else if (other.small_ == std::numeric_limits<int64_t>::min()) negated.assign({false, "9223372036854775808", other.scale_});
  else negated.small_ = -other.small_;
  return plus(negated);
}

// Mirrors ScaledValue. Go's big decimals are cut towards zero and then raised by one, also below zero; with negative ones of more than
// 64 bits of billionths it computes garbage, so these are rounded like the others.
std::optional<int64_t> Quantity::scaled_value(int64_t scale) const {
  Decimal number = exact();
  if (number.is_zero()) return 0;
  const bool upwards = big_ && number.negative && to_int64({true, number.digits, number.scale + 9});
  const bool exact = round_away(number, scale);
  number.scale -= scale;
  const std::optional<int64_t> rounded = to_int64(number);
  // Go's arithmetic has no room for the most negative number.
  if (!rounded || *rounded == std::numeric_limits<int64_t>::min()) return std::nullopt;
  if (exact || !upwards) return rounded;
  return *rounded + 2;
}

std::string Quantity::decimal() const {
  const Decimal number = exact();
  std::string digits = number.digits;
  if (number.scale > 1000 || number.scale < -1000) return {};
  if (number.scale >= 0) digits.append(number.is_zero() ? 0 : static_cast<size_t>(number.scale), '0');
  else {
    const auto places = static_cast<size_t>(-number.scale);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return cat(number.negative ? "-" : "", digits);
}

}  // namespace isvcc
