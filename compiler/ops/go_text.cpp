#include "ops/go_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace isvcc {

static constexpr uint32_t kReplacement = 0xFFFD;

Rune first_rune(std::string_view text) {
  if (text.empty()) return {};
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return {first, 1, true};
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (text.size() < length || !is_utf8(text.substr(0, length))) return {kReplacement, 1, false};
  uint32_t code = first & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return {code, length, true};
}

void append_rune(std::string& out, uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) return void(out += static_cast<char>(code));
  if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    return tail(0);
  }
  if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    return tail(0);
  }
  out += static_cast<char>(0xF0 | (code >> 18));
  tail(12);
  tail(6);
  tail(0);
}

struct Range {
  uint32_t first, last;
};
// Controls, format characters, blanks other than the space, private use, non-characters.
static constexpr std::array<Range, 29> kUnprintable = {{{0x00, 0x1F},       {0x7F, 0xA0},       {0xAD, 0xAD},       {0x600, 0x605},
                                                        {0x61C, 0x61C},     {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},
                                                        {0x8E2, 0x8E2},     {0x1680, 0x1680},   {0x180E, 0x180E},   {0x2000, 0x200F},
                                                        {0x2028, 0x202F},   {0x205F, 0x206F},   {0x3000, 0x3000},   {0xD800, 0xF8FF},
                                                        {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},   {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},
                                                        {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},
                                                        {0x1D173, 0x1D17A}, {0x1FFFE, 0x1FFFF}, {0xE0000, 0xE00FF}, {0xE01F0, 0x10FFFF},
                                                        {0x110000, ~0u}}};

bool is_printable(uint32_t code) {
  const auto after = std::upper_bound(kUnprintable.begin(), kUnprintable.end(), code, [](uint32_t c, const Range& r) { return c < r.first; });
  return after == kUnprintable.begin() || code > std::prev(after)->last;
}

static void append_hex(std::string& out, uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 0xF];
}

static void append_escaped(std::string& out, uint32_t code) {
  static constexpr std::string_view kControls = "\a\b\t\n\v\f\r", kLetters = "abtnvfr";
  if (code == '\'' || code == '\\') return void(out += {'\\', static_cast<char>(code)});
  if (is_printable(code)) return append_rune(out, code);
  if (const size_t i = code < 0x80 ? kControls.find(static_cast<char>(code)) : std::string_view::npos; i != std::string_view::npos)
    return void(out += {'\\', kLetters[i]});
  const int digits = code < ' ' || code == 0x7F ? 2 : code < 0x10000 ? 4 : 8;
  out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  append_hex(out, code, digits);
}

std::string go_quote_rune(uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  std::string out = "'";
  append_escaped(out, code);
  return out += '\'';
}

std::string rune_name(uint32_t code) {
  std::string out = "U+";
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (int shift = code > 0xFFFFF ? 20 : code > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) out += kHex[(code >> shift) & 0xF];
  if (!is_printable(code)) return out;
  out += " '";
  append_rune(out, code);
  return out += '\'';
}

std::string recovered_panic(std::string_view text) { return cat("panic: ", text, " [recovered]"); }

std::optional<bool> parse_go_bool(std::string_view text) {
  for (std::string_view yes : {"1", "t", "T", "true", "True", "TRUE"})
    if (text == yes) return true;
  for (std::string_view no : {"0", "f", "F", "false", "False", "FALSE"})
    if (text == no) return false;
  return std::nullopt;
}

}  // namespace isvcc
