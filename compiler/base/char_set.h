#pragma once
// Which bytes a text may have: one load a byte, where std::string_view's own searches for several characters call memchr for each.
#include <algorithm>
#include <array>
#include <string_view>

namespace isvcc {

class CharSet {
 public:
  constexpr explicit CharSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }

  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }
  // Where the first byte of the set stands, from `at` on; the size of the text when there is none.
  constexpr size_t first_in(std::string_view text, size_t at = 0) const {
    while (at < text.size() && !has(text[at])) ++at;
    return std::min(at, text.size());
  }
  // The same for the first byte that is not of the set.
  constexpr size_t first_not_in(std::string_view text, size_t at = 0) const {
    while (at < text.size() && has(text[at])) ++at;
    return std::min(at, text.size());
  }
  constexpr bool covers(std::string_view text) const { return first_not_in(text) == text.size(); }

 private:
  std::array<bool, 256> has_{};
};

inline constexpr CharSet kDecimalDigits("0123456789");
inline constexpr CharSet kHexDigits("0123456789abcdef");
inline constexpr CharSet kJsonBlanks(" \t\r\n");

}  // namespace isvcc
