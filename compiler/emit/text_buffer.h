#pragma once
// A growing piece of text for the YAML writer: as std::string, but short appends are a few instructions. Only appends.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace isvcc {

class TextBuffer {
 public:
  TextBuffer() { grow(kFirst); }

  std::string_view view() const { return {begin_.get(), size()}; }
  size_t size() const { return static_cast<size_t>(end_ - begin_.get()); }
  char back() const { return end_[-1]; }
  void cut(size_t size) { end_ = begin_.get() + size; }

  void put(char c) {
    reserve(1);
    *end_++ = c;
  }

  void append(std::string_view text) {
    reserve(text.size());
    copy(end_, text.data(), text.size());
    end_ += text.size();
  }

  // Appends one word and says whether it was one: printable ASCII without blanks, not empty. Nothing is appended otherwise.
  bool append_word(std::string_view word);

  void blanks(size_t count) {
    reserve(count);
    // Whole blocks: what they write too much is overwritten or never read.
    for (size_t done = 0; done < count; done += kBlock) std::memset(end_ + done, ' ', kBlock);
    end_ += count;
  }

 private:
  static constexpr size_t kFirst = 32 * 1024, kBlock = 16;

  // Room for `more` bytes and for one block beyond them.
  void reserve(size_t more) {
    if (static_cast<size_t>(limit_ - end_) < more + kBlock) grow(more + kBlock);
  }

  void grow(size_t more);

  // The first and the last `Word`s of the text: between them they cover it.
  template <class Word>
  static void copy_ends(char* to, const char* from, size_t size) {
    Word first, last;
    std::memcpy(&first, from, sizeof first);
    std::memcpy(&last, from + size - sizeof last, sizeof last);
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + size - sizeof last, &last, sizeof last);
  }

  static void copy(char* to, const char* from, size_t size) {
    if (size > 16) std::memcpy(to, from, size);
    else if (size >= 8) copy_ends<uint64_t>(to, from, size);
    else if (size >= 4) copy_ends<uint32_t>(to, from, size);
    else
      for (size_t i = 0; i < size; ++i) to[i] = from[i];
  }

  template <class Word>
  static uint64_t copy_word(char* to, const char* from);

  std::unique_ptr<char[]> begin_;
  char* end_ = nullptr;
  char* limit_ = nullptr;
};

namespace text_detail {
inline constexpr uint64_t kEach = 0x0101010101010101;

// The top bit of some byte is set when one of the eight is a blank, a control character, DEL or above ASCII.
inline uint64_t unusual_bytes(uint64_t eight) {
  const uint64_t blank_or_control = (eight - kEach * 0x21) & ~eight;
  const uint64_t del = ((eight ^ kEach * 0x7F) - kEach) & ~(eight ^ kEach * 0x7F);
  return (blank_or_control | del | eight) & kEach * 0x80;
}
}  // namespace text_detail

template <class Word>
uint64_t TextBuffer::copy_word(char* to, const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  std::memcpy(to, &word, sizeof word);
  constexpr uint64_t kRest = sizeof word < 8 ? text_detail::kEach << (8 * sizeof word % 64) : 0;  // usual bytes above the word's own
  return text_detail::unusual_bytes(word | kRest * 'x');
}

// Eight bytes at a time; the last piece overlaps the one before.
inline bool TextBuffer::append_word(std::string_view word) {
  const size_t size = word.size();
  const char* const from = word.data();
  reserve(size);
  uint64_t unusual = size == 0;
  if (size >= 8) {
    for (size_t i = 0; i + 8 < size; i += 8) unusual |= copy_word<uint64_t>(end_ + i, from + i);
    unusual |= copy_word<uint64_t>(end_ + size - 8, from + size - 8);
  } else if (size >= 4) {
    unusual = copy_word<uint32_t>(end_, from) | copy_word<uint32_t>(end_ + size - 4, from + size - 4);
  } else {
    for (size_t i = 0; i < size; ++i) unusual |= copy_word<uint8_t>(end_ + i, from + i);
  }
  if (unusual) return false;
  end_ += size;
  return true;
}

}  // namespace isvcc
