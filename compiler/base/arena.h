#pragma once
// Bump allocation for everything that lives as long as a run: nodes, strings, fields. Memory is given back all at once.
// An Arena belongs to one thread; what it holds may be read by every thread afterwards.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace isvcc {

class Arena {
 public:
  explicit Arena(size_t first_block = 16 * 1024) : next_block_(first_block) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  // Uninitialised storage. `align` is a power of two.
  void* allocate(size_t size, size_t align = alignof(std::max_align_t)) {
    uintptr_t at = (cursor_ + align - 1) & ~(uintptr_t{align} - 1);
    if (at + size > end_ || at < cursor_) return allocate_slow(size, align);
    cursor_ = at + size;
    return reinterpret_cast<void*>(at);  // NOLINT(performance-no-int-to-ptr): the cursor is a number, so that running past the end is no undefined pointer
  }

  template <class T>
  T* make(const T& value) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T(value);
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return "";
    char* to = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  // Uninitialised.
  template <class T>
  T* array(size_t count) {
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));  // NOLINT(bugprone-sizeof-expression): T may be a pointer
  }

  template <class T>
  std::span<const T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    T* to = array<T>(items.size());
    std::memcpy(static_cast<void*>(to), items.data(), items.size_bytes());
    return {to, items.size()};
  }

  // At least `least` bytes to write into, for texts whose length is not known before; use() then keeps the first of them.
  std::span<char> room(size_t least) {
    if (end_ - cursor_ < least) begin_block(least);
    return {reinterpret_cast<char*>(cursor_), end_ - cursor_};  // NOLINT(performance-no-int-to-ptr): as above
  }
  void use(size_t size) { cursor_ += size; }

  // Whether this lies in the arena.
  bool owns(const void* at) const {
    const auto address = reinterpret_cast<uintptr_t>(at);
    return std::any_of(blocks_.begin(), blocks_.end(), [address](const Block& block) { return address - reinterpret_cast<uintptr_t>(block.memory.get()) < block.size; });
  }

  // Bytes asked of the system so far.
  size_t reserved() const { return reserved_; }

  // Forgets everything and keeps the newest (largest) block for reuse.
  void reset();

 private:
  struct Free {
    void operator()(std::byte* block) const;
  };
  struct Block {
    std::unique_ptr<std::byte, Free> memory;
    size_t size;
  };

  void* allocate_slow(size_t size, size_t align);
  void begin_block(size_t least);
  static Block new_block(size_t size);

  std::vector<Block> blocks_;
  uintptr_t cursor_ = 0, end_ = 0;
  size_t next_block_, reserved_ = 0;
};

}  // namespace isvcc
