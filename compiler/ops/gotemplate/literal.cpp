#include "ops/gotemplate/literal.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "ops/go_text.h"

namespace isvcc::gotemplate {

// Underscores only between digits, or between a base prefix and a digit.
static bool underscores_fit(std::string_view digits, bool after_prefix) {
  char previous = after_prefix ? '0' : '^';
  for (char c : digits) {
    if (c == '_' && (previous == '_' || previous == '^')) return false;
    previous = c;
  }
  return previous != '_';
}

// strconv.ParseUint with base 0: 0x, 0o, 0b, a leading 0 is octal.
static std::optional<uint64_t> parse_unsigned(std::string_view text) {
  int base = 10;
  bool prefixed = false;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    prefixed = true;
    text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
  }
  if (text.empty() || !underscores_fit(text, prefixed)) return std::nullopt;
  std::string digits(text);
  std::erase(digits, '_');
  uint64_t value = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || code != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

static std::optional<int64_t> parse_signed(std::string_view text) {
  const bool negative = starts_with(text, "-");
  if (negative || starts_with(text, "+")) text.remove_prefix(1);
  const std::optional<uint64_t> magnitude = parse_unsigned(text);
  const uint64_t limit = static_cast<uint64_t>(std::numeric_limits<int64_t>::max()) + (negative ? 1 : 0);
  if (!magnitude || *magnitude > limit) return std::nullopt;
  return static_cast<int64_t>(negative ? 0 - *magnitude : *magnitude);
}

// Removes the underscores; nothing when one of them stands beside something else than digits.
static std::optional<std::string> without_underscores(std::string_view text) {
  for (size_t i = text.find('_'); i != std::string_view::npos; i = text.find('_', i + 1))
    if (i == 0 || i + 1 == text.size() || !std::isxdigit(static_cast<unsigned char>(text[i - 1])) || !std::isxdigit(static_cast<unsigned char>(text[i + 1])))
      return std::nullopt;
  std::string out(text);
  std::erase(out, '_');
  return out;
}

static std::optional<double> parse_real(std::string_view written) {
  const std::optional<std::string> plain = without_underscores(written);
  if (!plain) return std::nullopt;
  std::string_view text = *plain;
  const bool negative = starts_with(text, "-");
  if (negative || starts_with(text, "+")) text.remove_prefix(1);
  auto format = std::chars_format::general;
  if (text.size() > 1 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    if (text.find_first_of("pP") == std::string_view::npos) return std::nullopt;
    format = std::chars_format::hex;
    text.remove_prefix(2);
  }
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value, format);
  if (text.empty() || text[0] == '-' || code == std::errc::invalid_argument || end != text.data() + text.size()) return std::nullopt;
  // Too large a number has no float; too small a one is zero.
  if (code == std::errc::result_out_of_range && text.find("e-") == std::string_view::npos) return std::nullopt;
  return negative ? -value : value;
}

static bool is_whole(double value) { return std::trunc(value) == value && std::fabs(value) < 9.2e18; }

static std::optional<Number> fail(std::string& error, std::string text) {
  error = std::move(text);
  return std::nullopt;
}

std::optional<Number> parse_number(std::string_view text, std::string& error) {
  Number number;
  if (!text.empty() && text.back() == 'i') return fail(error, cat("complex constants are not supported: ", text));
  if (const auto value = parse_unsigned(text)) number.is_uint = true, number.unsigned_integer = *value;
  if (const auto value = parse_signed(text)) {
    number.is_int = true;
    number.integer = *value;
    number.is_uint |= *value == 0;
  }
  if (number.is_int || number.is_uint) {
    number.is_float = true;
    number.real = number.is_int ? static_cast<double>(number.integer) : static_cast<double>(number.unsigned_integer);
    return number;
  }
  const std::optional<double> real = parse_real(text);
  if (!real) return fail(error, cat("illegal number syntax: ", go_quote(text)));
  if (text.find_first_of(".eEpP") == std::string_view::npos) return fail(error, cat("integer overflow: ", go_quote(text)));
  number.is_float = true;
  number.real = *real;
  number.is_int = is_whole(*real);
  if (number.is_int) number.integer = static_cast<int64_t>(*real);
  number.is_uint = number.is_int && *real >= 0;
  if (number.is_uint) number.unsigned_integer = static_cast<uint64_t>(*real);
  return number;
}

static std::optional<uint32_t> digits_of(std::string_view& text, size_t count, int base) {
  uint32_t value = 0;
  if (text.size() < count) return std::nullopt;
  const auto [end, code] = std::from_chars(text.data(), text.data() + count, value, base);
  if (code != std::errc() || end != text.data() + count) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

// One escape after its backslash. A byte escape (\x41, \101) gives `is_byte`.
static std::optional<uint32_t> unescape(std::string_view& text, char quote, bool& is_byte) {
  static constexpr std::string_view kLetters = "abfnrtv\\", kMeanings = "\a\b\f\n\r\t\v\\";
  if (text.empty()) return std::nullopt;
  const char mark = text[0];
  if (mark >= '0' && mark <= '7') {
    is_byte = true;
    const auto value = digits_of(text, 3, 8);
    return value && *value > 255 ? std::nullopt : value;
  }
  text.remove_prefix(1);
  if (mark == quote) return static_cast<unsigned char>(mark);
  if (const size_t i = kLetters.find(mark); i != std::string_view::npos) return static_cast<unsigned char>(kMeanings[i]);
  is_byte = mark == 'x';
  if (mark != 'x' && mark != 'u' && mark != 'U') return std::nullopt;
  const auto value = digits_of(text, mark == 'x' ? 2 : mark == 'u' ? 4 : 8, 16);
  if (value && !is_byte && (*value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF))) return std::nullopt;
  return value;
}

std::optional<Number> parse_char(std::string_view quoted, std::string& error) {
  std::string_view text = quoted.substr(1);
  std::optional<uint32_t> code;
  bool is_byte = false;
  if (starts_with(text, "\\")) {
    text.remove_prefix(1);
    code = unescape(text, '\'', is_byte);
  } else if (!starts_with(text, "'")) {
    const Rune rune = first_rune(text);
    code = rune.code;
    text.remove_prefix(rune.length);
  }
  if (!code) return fail(error, "invalid syntax");
  if (text != "'") return fail(error, cat("malformed character constant: ", quoted));
  return Number{true, true, true, *code, *code, static_cast<double>(*code)};
}

std::optional<std::string> unquote(std::string_view quoted) {
  std::string_view text = quoted.substr(1, quoted.size() - 2);
  std::string out;
  if (quoted[0] == '`') {
    out = text;
    std::erase(out, '\r');
    return out;
  }
  while (!text.empty()) {
    if (text[0] != '\\') {
      const Rune rune = first_rune(text);
      if (text[0] == '"' || text[0] == '\n') return std::nullopt;
      append_rune(out, rune.code);
      text.remove_prefix(rune.length);
      continue;
    }
    text.remove_prefix(1);
    bool is_byte = false;
    const std::optional<uint32_t> code = unescape(text, '"', is_byte);
    if (!code) return std::nullopt;
    if (is_byte) out += static_cast<char>(*code);
    else append_rune(out, *code);
  }
  return out;
}

}  // namespace isvcc::gotemplate
