#include "emit/text_buffer.h"

namespace isvcc {

void TextBuffer::grow(size_t more) {
  const size_t used = begin_ ? size() : 0;
  const size_t capacity = 2 * (used + more);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  if (used > 0) std::memcpy(larger.get(), begin_.get(), used);
  begin_ = std::move(larger);
  end_ = begin_.get() + used;
  limit_ = begin_.get() + capacity;
}

}  // namespace isvcc
