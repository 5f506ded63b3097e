#include "select/go_sort.h"

#include <bit>
#include <cstdint>

namespace isvcc {
namespace {

using Index = std::ptrdiff_t;
enum class Hint { Unknown, Increasing, Decreasing };

class Sorter {
 public:
  Sorter(const std::function<bool(size_t, size_t)>& less, const std::function<void(size_t, size_t)>& swap) : less_(less), swap_(swap) {}

  void quick(Index a, Index b, int limit) {
    bool balanced = true, partitioned = true;
    for (;;) {
      const Index length = b - a;
      if (length <= 12) return insertion(a, b);
      if (limit == 0) return heap(a, b);
      if (!balanced) {
        break_patterns(a, b);
        --limit;
      }
      auto [pivot, hint] = choose_pivot(a, b);
      if (hint == Hint::Decreasing) {
        reverse(a, b);
        pivot = (b - 1) - (pivot - a);
        hint = Hint::Increasing;
      }
      if (balanced && partitioned && hint == Hint::Increasing && partial_insertion(a, b)) return;
      if (a > 0 && !less(a - 1, pivot)) {
        a = partition_equal(a, b, pivot);
        continue;
      }
      const auto [middle, already] = partition(a, b, pivot);
      partitioned = already;
      const Index left = middle - a, right = b - middle, threshold = length / 8;
      if (left < right) {
        balanced = left >= threshold;
        quick(a, middle, limit);
        a = middle + 1;
      } else {
        balanced = right >= threshold;
        quick(middle + 1, b, limit);
        b = middle;
      }
    }
  }

 private:
  bool less(Index i, Index j) const { return less_(static_cast<size_t>(i), static_cast<size_t>(j)); }
  void swap(Index i, Index j) const { swap_(static_cast<size_t>(i), static_cast<size_t>(j)); }

  void insertion(Index a, Index b) {
    for (Index i = a + 1; i < b; ++i)
      for (Index j = i; j > a && less(j, j - 1); --j) swap(j, j - 1);
  }

  void sift_down(Index low, Index high, Index first) {
    for (Index root = low;;) {
      Index child = 2 * root + 1;
      if (child >= high) return;
      if (child + 1 < high && less(first + child, first + child + 1)) ++child;
      if (!less(first + root, first + child)) return;
      swap(first + root, first + child);
      root = child;
    }
  }

  void heap(Index a, Index b) {
    for (Index i = (b - a - 1) / 2; i >= 0; --i) sift_down(i, b - a, a);
    for (Index i = b - a - 1; i >= 0; --i) {
      swap(a, a + i);
      sift_down(0, i, a);
    }
  }

  void break_patterns(Index a, Index b) {
    const Index length = b - a;
    if (length < 8) return;
    auto random = static_cast<uint64_t>(length);
    const uint64_t modulus = uint64_t{1} << std::bit_width(static_cast<uint64_t>(length));
    const Index index = a + (length / 4) * 2 - 1;
    for (Index i = 0; i < 3; ++i) {
      random ^= random << 13;
      random ^= random >> 7;
      random ^= random << 17;
      auto other = static_cast<Index>(random & (modulus - 1));
      if (other >= length) other -= length;
      swap(index + i, a + other);
    }
  }

  std::pair<Index, Hint> choose_pivot(Index a, Index b) {
    const Index length = b - a;
    int swaps = 0;
    Index i = a + length / 4 * 1, j = a + length / 4 * 2, k = a + length / 4 * 3;
    if (length >= 8) {
      if (length >= 50) {
        i = median(i - 1, i, i + 1, swaps);
        j = median(j - 1, j, j + 1, swaps);
        k = median(k - 1, k, k + 1, swaps);
      }
      j = median(i, j, k, swaps);
    }
    return {j, swaps == 0 ? Hint::Increasing : swaps == 12 ? Hint::Decreasing : Hint::Unknown};
  }

  Index median(Index a, Index b, Index c, int& swaps) {
    auto order = [&](Index& x, Index& y) {
      if (!less(y, x)) return;
      std::swap(x, y);
      ++swaps;
    };
    order(a, b);
    order(b, c);
    order(a, b);
    return b;
  }

  void reverse(Index a, Index b) {
    for (Index i = a, j = b - 1; i < j; ++i, --j) swap(i, j);
  }

  bool partial_insertion(Index a, Index b) {
    constexpr Index kSteps = 5, kShortest = 50;
    Index i = a + 1;
    for (Index step = 0; step < kSteps; ++step) {
      while (i < b && !less(i, i - 1)) ++i;
      if (i == b) return true;
      if (b - a < kShortest) return false;
      swap(i, i - 1);
      if (i - a >= 2)
        for (Index j = i - 1; j >= 1 && less(j, j - 1); --j) swap(j, j - 1);
      if (b - i >= 2)
        for (Index j = i + 1; j < b && less(j, j - 1); ++j) swap(j, j - 1);
    }
    return false;
  }

  Index partition_equal(Index a, Index b, Index pivot) {
    swap(a, pivot);
    Index i = a + 1, j = b - 1;
    for (;;) {
      while (i <= j && !less(a, i)) ++i;
      while (i <= j && less(a, j)) --j;
      if (i > j) return i;
      swap(i, j);
      ++i;
      --j;
    }
  }

  std::pair<Index, bool> partition(Index a, Index b, Index pivot) {
    swap(a, pivot);
    Index i = a + 1, j = b - 1;
    auto scan = [&] {
      while (i <= j && less(i, a)) ++i;
      while (i <= j && !less(j, a)) --j;
    };
    scan();
    if (i > j) {
      swap(j, a);
      return {j, true};
    }
    swap(i, j);
    ++i;
    --j;
    for (;;) {
      scan();
      if (i > j) break;
      swap(i, j);
      ++i;
      --j;
    }
    swap(j, a);
    return {j, false};
  }

  const std::function<bool(size_t, size_t)>& less_;
  const std::function<void(size_t, size_t)>& swap_;
};

}  // namespace

void go_sort(size_t count, const std::function<bool(size_t, size_t)>& less, const std::function<void(size_t, size_t)>& swap) {
  Sorter(less, swap).quick(0, static_cast<Index>(count), static_cast<int>(std::bit_width(count)));
}

}  // namespace isvcc
