#include "base/arena.h"

#include <algorithm>

namespace isvcc {

static constexpr size_t kLargestBlock = 1024 * 1024;

void* Arena::allocate_slow(size_t size, size_t align) {
  const size_t block = std::max(next_block_, size + align);
  next_block_ = std::min(std::max(next_block_, size_t{1024}) * 2, kLargestBlock);
  blocks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[block]));
  cursor_ = reinterpret_cast<uintptr_t>(blocks_.back().get());
  end_ = cursor_ + block;
  last_block_ = block;
  reserved_ += block;
  return allocate(size, align);
}

void Arena::reset() {
  if (blocks_.empty()) return;
  blocks_.erase(blocks_.begin(), blocks_.end() - 1);
  cursor_ = reinterpret_cast<uintptr_t>(blocks_.back().get());
  end_ = cursor_ + last_block_;
  reserved_ = last_block_;
}

}  // namespace isvcc
