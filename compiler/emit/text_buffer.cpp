#include "emit/text_buffer.h"

namespace isvcc {

void TextBuffer::grow(size_t more) {
  const size_t used = size();
  const std::span<char> larger = arena_.room(2 * (used + more));
  // More of the same block, or the start of another.
  if (used > 0 && larger.data() != begin_) std::memcpy(larger.data(), begin_, used);
  begin_ = larger.data();
  end_ = begin_ + used;
  limit_ = begin_ + larger.size();
}

}  // namespace isvcc
