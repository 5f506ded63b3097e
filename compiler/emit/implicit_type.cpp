#include "emit/implicit_type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <string>
#include <system_error>

#include "base/char_set.h"
#include "base/text.h"
#include "emit/date_or_time.h"

namespace isvcc {

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_sign(char c) { return c == '+' || c == '-'; }

// Up to eight characters as one number, for comparing words at once.
static constexpr uint64_t packed(std::string_view s) {
  uint64_t value = 0;
  for (char c : s) value = (value << 8) | static_cast<unsigned char>(c);
  return value;
}

// Exactly these spellings: "yes" and "YES" are booleans, "yEs" is text.
static bool is_word(std::string_view s) {
  static constexpr uint64_t kOne[] = {packed("~"), packed("y"), packed("Y"), packed("n"), packed("N")};
  static constexpr uint64_t kTwo[] = {packed("no"), packed("No"), packed("NO"), packed("on"), packed("On"), packed("ON")};
  static constexpr uint64_t kThree[] = {packed("yes"), packed("Yes"), packed("YES"), packed("off"), packed("Off"), packed("OFF")};
  static constexpr uint64_t kFour[] = {packed("null"), packed("Null"), packed("NULL"), packed("true"), packed("True"), packed("TRUE"),
                                       packed(".nan"), packed(".NaN"), packed(".NAN"), packed(".inf"), packed(".Inf"), packed(".INF")};
  static constexpr uint64_t kFive[] = {packed("false"), packed("False"), packed("FALSE"), packed("+.inf"), packed("+.Inf"),
                                       packed("+.INF"), packed("-.inf"), packed("-.Inf"), packed("-.INF")};
  static constexpr std::span<const uint64_t> kBySize[] = {{}, kOne, kTwo, kThree, kFour, kFive};
  if (s.size() >= std::size(kBySize)) return false;
  const std::span<const uint64_t> words = kBySize[s.size()];
  return std::find(words.begin(), words.end(), packed(s)) != words.end();
}

static size_t count_digits(std::string_view s, size_t from) {
  size_t at = from;
  while (at < s.size() && is_digit(s[at])) ++at;
  return at - from;
}

// The shape [sign] digits [. digits] [e [sign] digits] with at least one digit before the exponent.
struct ShortNumber {
  bool valid = false;
  std::string_view mantissa;  // without sign
  std::string_view exponent;  // with sign, without 'e'
};

static ShortNumber parse_decimal(std::string_view s) {
  ShortNumber d;
  size_t at = !s.empty() && is_sign(s[0]) ? 1 : 0;
  const size_t begin = at;
  size_t digits = count_digits(s, at);
  at += digits;
  if (at < s.size() && s[at] == '.') {
    const size_t fraction = count_digits(s, at + 1);
    if (digits == 0 && fraction == 0) return d;
    digits += fraction;
    at += 1 + fraction;
  }
  if (digits == 0) return d;
  d.mantissa = s.substr(begin, at - begin);
  if (at < s.size() && (s[at] | 0x20) == 'e') {
    const size_t sign = at + 1 < s.size() && is_sign(s[at + 1]) ? 1 : 0;
    const size_t power = count_digits(s, at + 1 + sign);
    if (power == 0) return d;
    d.exponent = s.substr(at + 1, sign + power);
    at += 1 + sign + power;
  }
  d.valid = at == s.size();
  return d;
}

// The exponent as a number, held within ±1e9: far beyond what any mantissa we can hold makes up for.
static int64_t clamped(std::string_view exponent) {
  int64_t value = 0;
  for (char c : exponent)
    if (is_digit(c)) value = std::min<int64_t>(value * 10 + (c - '0'), 1'000'000'000);
  return !exponent.empty() && exponent[0] == '-' ? -value : value;
}

// The power of ten of the first digit that is not zero; 0 for zero.
static int64_t magnitude(const ShortNumber& d) {
  const size_t point = std::min(d.mantissa.find('.'), d.mantissa.size());
  const size_t first = d.mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return 0;
  const auto place = static_cast<int64_t>(point) - static_cast<int64_t>(first);
  return (place > 0 ? place - 1 : place) + clamped(d.exponent);
}

// True where the number fits a double. Too large ones stay text; too small ones are zero.
static bool is_finite_float(std::string_view s) {
  const ShortNumber d = parse_decimal(s);
  if (!d.valid) return false;
  const int64_t power = magnitude(d);
  if (power != 308) return power < 308;
  std::string text(d.mantissa);
  if (!d.exponent.empty()) text += cat('e', d.exponent[0] == '+' ? d.exponent.substr(1) : d.exponent);
  double value = 0;
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

static constexpr uint64_t kMostNegative = uint64_t{1} << 63;

// The whole text as digits of `base`, at most `limit`.
static bool fits(std::string_view digits, int base, uint64_t limit) {
  uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value, base);
  return !digits.empty() && parsed.ec == std::errc() && parsed.ptr == end && value <= limit;
}

// An integer with a base prefix as in Go (0x, 0o, 0b, or a leading 0 for octal) that fits int64, or uint64 without a sign.
static bool is_integer(std::string_view s) {
  const char sign = !s.empty() && is_sign(s[0]) ? s[0] : ' ';
  const uint64_t limit = sign == '-' ? kMostNegative : sign == '+' ? kMostNegative - 1 : UINT64_MAX;
  std::string_view digits = s.substr(sign == ' ' ? 0 : 1);
  int base = 10;
  if (digits.size() >= 2 && digits[0] == '0') {
    const char letter = static_cast<char>(digits[1] | 0x20);
    base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
    digits.remove_prefix(letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1);
  }
  return fits(digits, base, limit);
}

static std::string without_underscores(std::string_view s) {
  std::string plain(s);
  plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  return plain;
}

// After a digit or sign underscores may stand anywhere.
static bool is_number(std::string_view s) {
  const std::string plain = without_underscores(s);
  if (is_integer(plain) || is_finite_float(plain)) return true;
  // go-yaml reads a sign after 0b as well.
  if (plain.size() < 4 || !starts_with(plain, "0b") || !is_sign(plain[2])) return false;
  return fits(std::string_view(plain).substr(3), 2, plain[2] == '-' ? kMostNegative : kMostNegative - 1);
}

// After a point they may only stand between digits.
static bool is_fraction(std::string_view s) {
  for (size_t i = s.find('_'); i != std::string_view::npos; i = s.find('_', i + 1))
    if (i == 0 || i + 1 == s.size() || !is_digit(s[i - 1]) || !is_digit(s[i + 1])) return false;
  return is_finite_float(without_underscores(s));
}

// [sign] digits {: one or two digits below 60} [. digits], underscores among the digits.
static bool is_base60(std::string_view s) {
  size_t at = !s.empty() && is_sign(s[0]) ? 1 : 0;
  if (at >= s.size() || !is_digit(s[at])) return false;
  while (at < s.size() && (is_digit(s[at]) || s[at] == '_')) ++at;
  size_t groups = 0;
  while (at < s.size() && s[at] == ':') {
    const size_t digits = count_digits(s, at + 1);
    if (digits == 0 || digits > 2 || (digits == 2 && s[at + 1] > '5')) return false;
    at += 1 + digits;
    ++groups;
  }
  if (groups == 0) return false;
  if (at < s.size() && s[at] == '.')
    for (++at; at < s.size() && (is_digit(s[at]) || s[at] == '_');) ++at;
  return at == s.size();
}

// Cheap: flags such as --port=8080 end here.
static bool has_only_number_characters(std::string_view s) {
  static constexpr CharSet kOfNumbers("0123456789abcdefABCDEFxXoO_.,:+-TtZ ");
  return kOfNumbers.covers(s);
}

bool reads_as_text(std::string_view plain, Hint hint) {
  if (plain.empty() || is_word(plain)) return false;
  if (hint == Hint::Point) return !is_fraction(plain);
  if (hint != Hint::Number || !has_only_number_characters(plain)) return true;
  return !(is_date_or_time(plain) || is_number(plain) || is_base60(plain));
}

}  // namespace isvcc
