#pragma once
// a == b for short texts such as keys, without a call: comparing keys is what reading trees costs.
#include <cstdint>
#include <cstring>
#include <string_view>

namespace isvcc {

namespace text_detail {
template <class Word>
inline bool same_word(const char* a, const char* b) {
  Word x, y;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  return x == y;
}
}  // namespace text_detail

inline bool same_text(std::string_view a, std::string_view b) {
  using text_detail::same_word;
  const size_t size = a.size();
  if (size != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  // The two words of a middling text overlap.
  if (size > 16) return same_word<uint64_t>(x + size - 8, y + size - 8) && std::memcmp(x, y, size - 8) == 0;
  if (size >= 8) return same_word<uint64_t>(x, y) && same_word<uint64_t>(x + size - 8, y + size - 8);
  if (size >= 4) return same_word<uint32_t>(x, y) && same_word<uint32_t>(x + size - 4, y + size - 4);
  return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

}  // namespace isvcc
