#pragma once
// How Go reads and prints characters. No values here (ops/go_value.h), no JSON (ops/go_json.h).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

struct Rune {
  uint32_t code = 0;
  size_t length = 0;  // bytes; 0 at the end of the text
  bool valid = true;  // false: not UTF-8, one byte long, code U+FFFD
};

// The character at the start of `text` (utf8.DecodeRuneInString).
Rune first_rune(std::string_view text);
void append_rune(std::string& out, uint32_t code);

// Letters, marks, numbers, punctuation, symbols and the ASCII space. Code points without a meaning count as printable.
bool is_printable(uint32_t code);

// A quoted character: 'x', '\n', '\u00ad' (%q of a rune). Texts: go_quote (base/text.h).
std::string go_quote_rune(uint32_t code);
// strconv.ParseBool: 1, t, T, true, True, TRUE and their opposites; nothing for any other text.
std::optional<bool> parse_go_bool(std::string_view text);

// What Go says of a pointer to nothing, and of the first item of an empty list.
inline constexpr std::string_view kNilDereference = "runtime error: invalid memory address or nil pointer dereference";
inline constexpr std::string_view kFirstOfNone = "runtime error: index out of range [0] with length 0";
// What a webhook or a controller answers whose code panicked: controller-runtime catches that.
std::string recovered_panic(std::string_view text);

// U+002D '-' (%#U).
std::string rune_name(uint32_t code);

}  // namespace isvcc
