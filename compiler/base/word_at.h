#pragma once
// The bytes at a place in a text as a number or a vector, whatever its alignment.
#include <cstring>

namespace isvcc {

template <class Word>
inline Word word_at(const char* text) {
  Word word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

}  // namespace isvcc
