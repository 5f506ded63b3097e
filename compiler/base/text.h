#pragma once
// Small text helpers: concatenation, quoting for messages, trimming, splitting, numbers. No locale anywhere.
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

namespace text_detail {
inline void append(std::string& out, std::string_view piece) { out.append(piece); }
inline void append(std::string& out, char piece) { out.push_back(piece); }
template <class Integer>
  requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, char> && !std::is_same_v<Integer, bool>)
void append(std::string& out, Integer piece) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, piece).ptr);
}
inline size_t most(std::string_view piece) { return piece.size(); }
template <class Small>
  requires std::is_integral_v<Small>
size_t most(Small) {
  return sizeof(Small) == 1 ? 1 : 20;
}
}  // namespace text_detail

// Joins strings, characters and integers into one string.
template <class... Pieces>
std::string cat(const Pieces&... pieces) {
  std::string out;
  out.reserve((text_detail::most(pieces) + ... + 0));
  (text_detail::append(out, pieces), ...);
  return out;
}

// 'text' in single quotes, safe for a terminal or a log: control characters, invalid UTF-8 and bidirectional
// marks are escaped, and anything longer than `limit` bytes is cut with an ellipsis.
std::string quote(std::string_view text, size_t limit = 120);

// "text" as Go's %q prints it (strconv.Quote): for texts that KServe writes.
std::string go_quote(std::string_view text);

// As quote(), without the quotes and the limit: for lines of source shown under a message.
std::string printable(std::string_view text);

std::string_view trim(std::string_view text, std::string_view blanks = " \t\r\n");
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string_view>& pieces, std::string_view separator);
std::string join(const std::vector<std::string>& pieces, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
std::string to_lower(std::string_view ascii);

inline bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }
inline bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}
inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The whole text as a base-10 integer, or nothing.
std::optional<int64_t> parse_int(std::string_view text);

// True for well-formed UTF-8 without surrogates and without code points above U+10FFFF.
bool is_utf8(std::string_view text);
// Length of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none.
size_t utf8_length(std::string_view text);
// The code point of one well-formed sequence.
uint32_t code_point(std::string_view sequence);
// Characters that could move the cursor, reorder text or hide it in a terminal or a review page.
bool is_unsafe(uint32_t code_point);

// Lower-case hex SHA-256 (64 digits).
std::string sha256_hex(std::string_view bytes);

}  // namespace isvcc
