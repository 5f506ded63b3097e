#pragma once
// A growing piece of text for the YAML writer, in an arena: as std::string, but short appends are a few instructions. Only appends.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/arena.h"
#include "base/word_at.h"

namespace isvcc {

namespace text_detail {
using Block = signed char __attribute__((vector_size(16)));
using Usual = decltype(Block() > Block());  // all bits of a byte are set where it is printable ASCII and no blank

// Copies a text of one to two Words by its first and its last one, which cover it. What it is made of, again and again.
template <class Word>
inline Block copy_ends(char* to, const char* from, size_t size) {
  const Word ends[2] = {word_at<Word>(from), word_at<Word>(from + size - sizeof(Word))};
  std::memcpy(to, &ends[0], sizeof(Word));
  std::memcpy(to + size - sizeof(Word), &ends[1], sizeof(Word));
  constexpr size_t kCopies = sizeof(Block) / sizeof ends;
  Block block;
  for (size_t i = 0; i < kCopies; ++i) std::memcpy(reinterpret_cast<char*>(&block) + i * sizeof ends, ends, sizeof ends);
  return block;
}

inline Block copy_block(char* to, const char* from) {
  const auto block = word_at<Block>(from);
  std::memcpy(to, &block, sizeof block);
  return block;
}

inline Usual usual(Block block) { return (block > 0x20) & (block < 0x7F); }

inline bool all(Usual bytes) {
  uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof halves);
  return (halves[0] & halves[1]) == UINT64_MAX;
}
}  // namespace text_detail

class TextBuffer {
 public:
  // Nothing else may be put into the arena until the text is kept or given up.
  explicit TextBuffer(Arena& arena) : arena_(arena) { grow(kFirst); }

  std::string_view view() const { return {begin_, size()}; }
  size_t size() const { return static_cast<size_t>(end_ - begin_); }
  void cut(size_t size) { end_ = begin_ + size; }
  // The text as a part of the arena. Ends the buffer's life.
  std::string_view keep() const {
    arena_.use(size());
    return view();
  }

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

  static void copy(char* to, const char* from, size_t size) {
    if (size > 16) std::memcpy(to, from, size);
    else if (size >= 8) text_detail::copy_ends<uint64_t>(to, from, size);
    else if (size >= 4) text_detail::copy_ends<uint32_t>(to, from, size);
    else
      for (size_t i = 0; i < size; ++i) to[i] = from[i];
  }

  Arena& arena_;
  char* begin_ = nullptr;
  char* end_ = nullptr;
  char* limit_ = nullptr;
};

// A block at a time; the last one overlaps the one before.
[[gnu::always_inline]] inline bool TextBuffer::append_word(std::string_view word) {
  using namespace text_detail;
  const size_t size = word.size();
  const char* const from = word.data();
  reserve(size);
  bool fine = size > 0;
  if (size >= sizeof(Block)) {
    const size_t last = size - sizeof(Block);
    Usual bytes = usual(copy_block(end_ + last, from + last));
    for (size_t i = 0; i < last; i += sizeof(Block)) bytes &= usual(copy_block(end_ + i, from + i));
    fine = all(bytes);
  } else if (size >= 8) {
    fine = all(usual(copy_ends<uint64_t>(end_, from, size)));
  } else if (size >= 4) {
    fine = all(usual(copy_ends<uint32_t>(end_, from, size)));
  } else {
    for (size_t i = 0; i < size; ++i) fine = fine && from[i] > 0x20 && from[i] < 0x7F, end_[i] = from[i];
  }
  if (fine) end_ += size;
  return fine;
}

}  // namespace isvcc
