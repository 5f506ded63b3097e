#include "ops/decimal.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static constexpr int64_t kMaxGap = 4096;

Decimal Decimal::of(int64_t value, int64_t scale) {
  const uint64_t magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  return {value < 0, cat(magnitude), scale};
}

std::string without_leading_zeros(std::string digits) {
  digits.erase(0, digits.find_first_not_of('0'));
  return digits.empty() ? "0" : digits;
}

void strip_zeros(Decimal& number) {
  if (number.is_zero()) return void(number.scale = 0);
  const size_t kept = number.digits.find_last_not_of('0') + 1;
  number.scale += static_cast<int64_t>(number.digits.size() - kept);
  number.digits.resize(kept);
}

static void increment(std::string& digits) {
  for (size_t i = digits.size(); i-- > 0;) {
    if (digits[i] != '9') return void(++digits[i]);
    digits[i] = '0';
  }
  digits.insert(digits.begin(), '1');
}

bool round_away(Decimal& number, int64_t scale) {
  if (number.scale >= scale || number.is_zero()) return true;
  const auto dropped = static_cast<uint64_t>(scale - number.scale);
  const size_t kept = dropped >= number.digits.size() ? 0 : number.digits.size() - dropped;
  const bool exact = number.digits.find_first_not_of('0', kept) == std::string::npos;
  number.digits = without_leading_zeros(number.digits.substr(0, kept));
  number.scale = scale;
  if (!exact) increment(number.digits);
  return exact;
}

void multiply(Decimal& number, uint32_t factor) {
  uint64_t carry = 0;
  for (size_t i = number.digits.size(); i-- > 0;) {
    carry += static_cast<uint64_t>(number.digits[i] - '0') * factor;
    number.digits[i] = static_cast<char>('0' + carry % 10);
    carry /= 10;
  }
  if (carry) number.digits.insert(0, cat(carry));
  number.digits = without_leading_zeros(std::move(number.digits));
}

bool divide_exactly(Decimal& number, uint32_t divisor) {
  std::string quotient;
  quotient.reserve(number.digits.size());
  uint64_t rest = 0;
  for (char digit : number.digits) {
    rest = rest * 10 + static_cast<uint64_t>(digit - '0');
    quotient.push_back(static_cast<char>('0' + rest / divisor));
    rest %= divisor;
  }
  if (rest) return false;
  number.digits = without_leading_zeros(std::move(quotient));
  return true;
}

// Compares magnitudes as if the shorter digits were followed by zeros; the decimal points are known to line up.
static int compare_digits(std::string_view a, std::string_view b) {
  const size_t common = std::min(a.size(), b.size());
  if (const int order = a.substr(0, common).compare(b.substr(0, common)); order != 0) return order < 0 ? -1 : 1;
  if (a.find_first_not_of('0', common) != std::string_view::npos) return 1;
  return b.find_first_not_of('0', common) != std::string_view::npos ? -1 : 0;
}

static int compare_magnitudes(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return static_cast<int>(b.is_zero()) - static_cast<int>(a.is_zero());
  const int64_t a_top = a.scale + static_cast<int64_t>(a.digits.size());
  const int64_t b_top = b.scale + static_cast<int64_t>(b.digits.size());
  if (a_top != b_top) return a_top < b_top ? -1 : 1;
  return compare_digits(a.digits, b.digits);
}

int compare(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int order = compare_magnitudes(a, b);
  return a.negative ? -order : order;
}

static std::string add_digits(const std::string& longer, const std::string& shorter) {
  std::string out = longer;
  int carry = 0;
  for (size_t i = 0; i < longer.size(); ++i) {
    int digit = carry + longer[longer.size() - 1 - i] - '0';
    if (i < shorter.size()) digit += shorter[shorter.size() - 1 - i] - '0';
    out[longer.size() - 1 - i] = static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  if (carry) out.insert(out.begin(), '1');
  return out;
}

static std::string subtract_digits(const std::string& larger, const std::string& smaller) {
  std::string out = larger;
  int borrow = 0;
  for (size_t i = 0; i < larger.size(); ++i) {
    int digit = larger[larger.size() - 1 - i] - '0' - borrow;
    if (i < smaller.size()) digit -= smaller[smaller.size() - 1 - i] - '0';
    borrow = digit < 0;
    out[larger.size() - 1 - i] = static_cast<char>('0' + (digit + 10) % 10);
  }
  return without_leading_zeros(std::move(out));
}

Decimal sum(const Decimal& a, const Decimal& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  Decimal large = a, small = b;
  if (compare_magnitudes(a, b) < 0) std::swap(large, small);
  const int64_t scale = std::min(large.scale, small.scale);
  if (std::max(large.scale, small.scale) - scale > kMaxGap) return large;
  large.digits.append(static_cast<size_t>(large.scale - scale), '0');
  small.digits.append(static_cast<size_t>(small.scale - scale), '0');
  large.scale = scale;
  large.digits = large.negative == small.negative ? add_digits(large.digits, small.digits) : subtract_digits(large.digits, small.digits);
  if (large.is_zero()) return {};
  return large;
}

std::optional<int64_t> to_int64(const Decimal& number) {
  Decimal whole = number;
  strip_zeros(whole);
  if (whole.scale < 0 || whole.scale > 18) return std::nullopt;
  whole.digits.append(static_cast<size_t>(whole.scale), '0');
  return parse_int(cat(whole.negative ? "-" : "", whole.digits));
}

}  // namespace isvcc
