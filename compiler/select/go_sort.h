#pragma once
// Go's sort.Slice (pattern-defeating quicksort of Go 1.19 and later), element for element: it is not stable, and KServe's order of
// equal runtimes beyond twelve depends on it.
#include <cstddef>
#include <functional>

namespace isvcc {

// less and swap take positions. Mirrors sort.pdqsort_func.
void go_sort(size_t count, const std::function<bool(size_t, size_t)>& less, const std::function<void(size_t, size_t)>& swap);

}  // namespace isvcc
