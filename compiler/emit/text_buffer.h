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

  void put(char c) {
    reserve(1);
    *end_++ = c;
  }

  void append(std::string_view text) {
    reserve(text.size());
    copy(end_, text.data(), text.size());
    end_ += text.size();
  }

  void blanks(size_t count) {
    reserve(count);
    // Whole blocks: what they write too much is overwritten or never read.
    for (size_t done = 0; done < count; done += kBlock) std::memset(end_ + done, ' ', kBlock);
    end_ += count;
  }

 private:
  static constexpr size_t kFirst = 4096, kBlock = 16;

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

  std::unique_ptr<char[]> begin_;
  char* end_ = nullptr;
  char* limit_ = nullptr;
};

}  // namespace isvcc
