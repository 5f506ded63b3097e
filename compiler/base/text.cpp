#include "base/text.h"

#include <algorithm>

#include "base/sha256.h"

namespace isvcc {

size_t utf8_length(std::string_view text) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  auto tail = [&](size_t i) { return (byte(i) & 0xC0u) == 0x80u && i < text.size(); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

uint32_t code_point(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) return first;
  uint32_t value = first & (0xFFu >> (sequence.size() + 1));
  for (char c : sequence.substr(1)) value = (value << 6) | (static_cast<unsigned char>(c) & 0x3Fu);
  return value;
}

bool is_unsafe(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

static void append_escaped(std::string& out, uint32_t value) {
  static constexpr char kHex[] = "0123456789abcdef";
  if (value == '\n') return void(out += "\\n");
  if (value == '\t') return void(out += "\\t");
  if (value == '\r') return void(out += "\\r");
  const int digits = value < 0x100 ? 2 : value < 0x10000 ? 4 : 8;
  out += value < 0x100 ? "\\x" : value < 0x10000 ? "\\u" : "\\U";
  for (int i = digits - 1; i >= 0; --i) out += kHex[(value >> (4 * i)) & 0xF];
}

// Azure Pipelines obeys "##vso[…" anywhere in a line of a log, and "##[…" at its beginning.
static bool speaks_to_azure(std::string_view before) { return ends_with(before, "##") || ends_with(before, "##vso"); }

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = utf8_length(text);
    if (length == 0) {
      append_escaped(out, static_cast<unsigned char>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    const uint32_t c = code_point(text.substr(0, length));
    if (c == '[' && speaks_to_azure(out)) out += '\\';
    if (is_unsafe(c)) append_escaped(out, c);
    else out.append(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

std::string quote(std::string_view text, size_t limit) {
  if (text.size() <= limit) return "'" + printable(text) + "'";
  size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return "'" + printable(text.substr(0, cut)) + "…'";
}

// Not printable for Go: blanks other than U+0020, invisible and private characters (unassigned ones count as printable here).
static bool is_go_unprintable(uint32_t c) {
  return is_unsafe(c) || c == 0xA0 || c == 0xAD || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static void append_go_quoted(std::string& out, uint32_t c, std::string_view sequence) {
  static constexpr std::string_view kNamed = "\a\b\f\n\r\t\v", kLetters = "abfnrtv";
  if (c == '"' || c == '\\') {
    out += {'\\', static_cast<char>(c)};
  } else if (const size_t at = c < 0x20 ? kNamed.find(static_cast<char>(c)) : std::string_view::npos; at != std::string_view::npos) {
    out += {'\\', kLetters[at]};
  } else if (!is_go_unprintable(c)) {
    out.append(sequence);
  } else if (c >= 0x80 && c < 0x100) {
    out += "\\u00";
    out += {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
  } else {
    append_escaped(out, c);
  }
}

std::string go_quote(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const size_t length = utf8_length(text);
    if (length == 0) append_escaped(out, static_cast<unsigned char>(text[0]));
    else append_go_quoted(out, code_point(text.substr(0, length)), text.substr(0, length));
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return out += '"';
}

std::string_view trim(std::string_view text, std::string_view blanks) {
  const size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  pieces.reserve(static_cast<size_t>(std::count(text.begin(), text.end(), separator)) + 1);
  for (;;) {
    const size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

template <class Pieces>
static std::string join_pieces(const Pieces& pieces, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) out.append(separator);
    out.append(pieces[i]);
  }
  return out;
}

std::string join(const std::vector<std::string_view>& pieces, std::string_view separator) { return join_pieces(pieces, separator); }
std::string join(const std::vector<std::string>& pieces, std::string_view separator) { return join_pieces(pieces, separator); }

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string to_lower(std::string_view ascii) {
  std::string out(ascii);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::optional<int64_t> parse_int(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string sha256_hex(std::string_view bytes) {
  return sha256(bytes).hex();
}

}  // namespace isvcc
