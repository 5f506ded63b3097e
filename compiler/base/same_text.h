#pragma once
// a == b for short texts such as keys, without a call: comparing keys is what reading trees costs.
#include <cstdint>
#include <string_view>

#include "base/word_at.h"

namespace isvcc {

namespace text_detail {
template <class Word>
inline bool same_word(const char* a, const char* b) {
  return word_at<Word>(a) == word_at<Word>(b);
}
}  // namespace text_detail

inline bool same_text(std::string_view a, std::string_view b) {
  using text_detail::same_word;
  const size_t size = a.size();
  if (size != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  // Word by word; the last two overlap.
  if (size >= 8) {
    const size_t last = size - 8;
    for (size_t at = 0; at < last; at += 8)
      if (!same_word<uint64_t>(x + at, y + at)) return false;
    return same_word<uint64_t>(x + last, y + last);
  }
  if (size >= 4) return same_word<uint32_t>(x, y) && same_word<uint32_t>(x + size - 4, y + size - 4);
  return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

}  // namespace isvcc
