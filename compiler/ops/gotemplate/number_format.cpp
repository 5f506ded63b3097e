#include "ops/gotemplate/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "ops/go_text.h"

namespace isvcc::gotemplate {

static size_t count_runes(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); text.remove_prefix(first_rune(text).length)) ++count;
  return count;
}

static std::string_view first_runes(std::string_view text, size_t count) {
  size_t end = 0;
  for (; count > 0 && end < text.size(); --count) end += first_rune(text.substr(end)).length;
  return text.substr(0, end);
}

void pad(std::string& out, std::string_view text, const FormatFlags& flags) {
  const size_t length = flags.has_width ? count_runes(text) : 0;
  const size_t missing = flags.has_width && flags.width > length ? flags.width - length : 0;
  if (!flags.minus) out.append(missing, flags.zero ? '0' : ' ');
  out.append(text);
  if (flags.minus) out.append(missing, ' ');
}

static void pad_with_blanks(std::string& out, std::string_view text, FormatFlags flags) {
  flags.zero = false;
  pad(out, text, flags);
}

bool format_bool(std::string& out, bool value, char32_t verb, const FormatFlags& flags) {
  if (verb != 't' && verb != 'v') return false;
  pad(out, value ? "true" : "false", flags);
  return true;
}

static int base_of(char32_t verb) {
  switch (verb) {
    case 'b': return 2;
    case 'o':
    case 'O': return 8;
    case 'x':
    case 'X': return 16;
    default: return 10;
  }
}

static std::string digits_of(uint64_t value, char32_t verb) {
  std::array<char, 64> buffer;
  std::string digits(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, base_of(verb)).ptr);
  if (verb == 'X') std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  return digits;
}

static std::string base_prefix(char32_t verb, std::string_view digits, bool sharp) {
  std::string prefix = verb == 'O' ? "0o" : "";
  if (!sharp) return prefix;
  switch (base_of(verb)) {
    case 2: return "0b";
    case 8: return prefix + (digits[0] == '0' ? "" : "0");
    case 16: return verb == 'X' ? "0X" : "0x";
    default: return prefix;
  }
}

static void format_digits(std::string& out, uint64_t value, bool is_signed, char32_t verb, const FormatFlags& flags) {
  const bool negative = is_signed && static_cast<int64_t>(value) < 0;
  if (negative) value = 0 - value;
  if (flags.has_precision && flags.precision == 0 && value == 0) return pad_with_blanks(out, "", flags);
  const std::string_view sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  size_t least = flags.has_precision ? flags.precision : 0;
  if (!flags.has_precision && flags.zero && !flags.minus && flags.has_width) least = flags.width - std::min(flags.width, sign.size());
  std::string digits = digits_of(value, verb);
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  pad_with_blanks(out, cat(sign, base_prefix(verb, digits, flags.sharp), digits), flags);
}

// Go source text with every character beyond ASCII escaped.
static std::string ascii_only(std::string_view quoted) {
  std::string out;
  for (; !quoted.empty();) {
    const Rune rune = first_rune(quoted);
    if (rune.code < 0x80) {
      out += static_cast<char>(rune.code);
    } else {
      out += rune.code < 0x10000 ? "\\u" : "\\U";
      for (int shift = rune.code < 0x10000 ? 12 : 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(rune.code >> shift) & 15];
    }
    quoted.remove_prefix(rune.length);
  }
  return out;
}

static uint32_t as_rune(uint64_t value) { return value > 0x10FFFF ? 0xFFFD : static_cast<uint32_t>(value); }

static void format_code_point(std::string& out, uint64_t value, const FormatFlags& flags) {
  std::string digits = digits_of(value, 'X');
  const size_t least = flags.has_precision ? std::max<size_t>(flags.precision, 4) : 4;
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  std::string text = "U+" + digits;
  if (flags.sharp && value <= 0x10FFFF && is_printable(static_cast<uint32_t>(value))) {
    text += " '";
    append_rune(text, static_cast<uint32_t>(value));
    text += '\'';
  }
  pad_with_blanks(out, text, flags);
}

bool format_integer(std::string& out, uint64_t value, bool is_signed, char32_t verb, FormatFlags flags) {
  switch (verb) {
    case 'v':
      if (flags.go_syntax && !is_signed) {
        flags.sharp = true;
        format_digits(out, value, is_signed, 'x', flags);
        return true;
      }
      [[fallthrough]];
    case 'd':
    case 'b':
    case 'o':
    case 'O':
    case 'x':
    case 'X': format_digits(out, value, is_signed, verb, flags); return true;
    case 'c': {
      std::string text;
      append_rune(text, as_rune(value));
      pad(out, text, flags);
      return true;
    }
    case 'q': {
      const std::string quoted = go_quote_rune(as_rune(value));
      pad(out, flags.plus ? ascii_only(quoted) : quoted, flags);
      return true;
    }
    case 'U': format_code_point(out, value, flags); return true;
    default: return false;
  }
}

// strconv's %g with the fewest digits that read back: exponent form below 1e-4 and from 1e6 on.
static std::string shortest(double value, char exponent_mark) {
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  std::string text(buffer.data(), end);
  const size_t mark = text.find('e');
  const int exponent = static_cast<int>(*parse_int(text[mark + 1] == '+' ? text.substr(mark + 2) : text.substr(mark + 1)));
  if (exponent < -4 || exponent >= 6) {
    text[mark] = exponent_mark;
    return text;
  }
  return std::string(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr);
}

static std::string float_text(double value, char32_t verb, const FormatFlags& flags) {
  const bool upper = verb == 'E' || verb == 'G';
  const bool general = verb == 'v' || verb == 'g' || verb == 'G';
  if (general && !flags.has_precision) return shortest(value, upper ? 'E' : 'e');
  const int precision = static_cast<int>(flags.has_precision ? std::min<size_t>(flags.precision, 2000) : 6);
  const auto format = general ? std::chars_format::general : verb == 'f' || verb == 'F' ? std::chars_format::fixed : std::chars_format::scientific;
  std::string buffer(static_cast<size_t>(precision) + 400, '\0');
  buffer.resize(static_cast<size_t>(std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision).ptr - buffer.data()));
  if (upper) std::replace(buffer.begin(), buffer.end(), 'e', 'E');
  return buffer;
}

bool format_float(std::string& out, double value, char32_t verb, const FormatFlags& flags) {
  if (std::u32string_view(U"veEfFgG").find(verb) == std::u32string_view::npos) return false;
  if (!std::isfinite(value)) return pad_with_blanks(out, std::isnan(value) ? "NaN" : value < 0 ? "-Inf" : "+Inf", flags), true;
  std::string text = float_text(value, verb, flags);
  if (text[0] != '-' && text[0] != '+') text.insert(text.begin(), '+');
  if (flags.space && text[0] == '+' && !flags.plus) text[0] = ' ';
  const bool shows_sign = flags.plus || text[0] != '+';
  if (!shows_sign) text.erase(0, 1);
  if (shows_sign && flags.zero && !flags.minus && flags.has_width && flags.width > text.size()) {
    out += text[0];
    out.append(flags.width - text.size(), '0');
    out.append(text, 1);
    return true;
  }
  pad(out, text, flags);
  return true;
}

static void append_hex(std::string& out, std::string_view text, bool upper, const FormatFlags& flags) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef", prefix = upper ? "0X" : "0x";
  if (flags.has_precision) text = text.substr(0, flags.precision);
  std::string encoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && flags.space) encoded += ' ';
    if (flags.sharp && (i == 0 || flags.space)) encoded += prefix;
    const auto byte = static_cast<unsigned char>(text[i]);
    encoded += {digits[byte >> 4], digits[byte & 15]};
  }
  pad(out, encoded, flags);
}

static bool can_backquote(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '`' || c == 0x7F;
         });
}

static void append_quoted(std::string& out, std::string_view text, const FormatFlags& flags) {
  if (flags.sharp && can_backquote(text)) return pad(out, cat('`', text, '`'), flags);
  const std::string quoted = go_quote(text);
  pad(out, flags.plus ? ascii_only(quoted) : quoted, flags);
}

bool format_string(std::string& out, std::string_view value, char32_t verb, const FormatFlags& flags) {
  const std::string_view cut = flags.has_precision ? first_runes(value, flags.precision) : value;
  switch (verb) {
    case 'v':
      if (flags.go_syntax) append_quoted(out, cut, flags);
      else pad(out, cut, flags);
      return true;
    case 's': pad(out, cut, flags); return true;
    case 'q': append_quoted(out, cut, flags); return true;
    case 'x':
    case 'X': append_hex(out, value, verb == 'X', flags); return true;
    default: return false;
  }
}

}  // namespace isvcc::gotemplate
