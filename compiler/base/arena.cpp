#include "base/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace isvcc {

// Large blocks are whole huge pages where the system has some: touching memory for the first time is a large part of a run.
static constexpr size_t kHugePage = 2 * 1024 * 1024, kLargestBlock = kHugePage;

void Arena::Free::operator()(std::byte* block) const { std::free(block); }

Arena::Block Arena::new_block(size_t size) {
  const bool huge = size % kHugePage == 0;
  Block block{std::unique_ptr<std::byte, Free>(static_cast<std::byte*>(huge ? std::aligned_alloc(kHugePage, size) : std::malloc(size))), size};
  if (!block.memory) throw std::bad_alloc();
  if (huge) ::madvise(block.memory.get(), size, MADV_HUGEPAGE);
  return block;
}

void Arena::begin_block(size_t least) {
  const size_t block = std::max(next_block_, least);
  next_block_ = std::min(std::max(next_block_, size_t{1024}) * 2, kLargestBlock);
  blocks_.push_back(new_block(block));
  cursor_ = reinterpret_cast<uintptr_t>(blocks_.back().memory.get());
  end_ = cursor_ + block;
  reserved_ += block;
}

void* Arena::allocate_slow(size_t size, size_t align) {
  begin_block(size + align);
  return allocate(size, align);
}

void Arena::reset() {
  if (blocks_.empty()) return;
  blocks_.erase(blocks_.begin(), blocks_.end() - 1);
  cursor_ = reinterpret_cast<uintptr_t>(blocks_.back().memory.get());
  end_ = cursor_ + blocks_.back().size;
  reserved_ = blocks_.back().size;
}

}  // namespace isvcc
