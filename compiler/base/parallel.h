#pragma once
// Work on independent items in parallel. Results go to slot i, so the number of threads never shows.
#include <cstddef>
#include <functional>

namespace isvcc {

// Calls work(worker, index) once for every index in [0, count). `worker` is below `threads`: use it to pick
// per-thread scratch space. Blocks until all is done. With one thread everything runs on the caller.
// When memory runs out in one of them, the others stop at their next item and the exception comes out here.
void parallel_for(size_t count, size_t threads, const std::function<void(size_t worker, size_t index)>& work);

// The number of hardware threads this process may use, at least 1.
size_t hardware_threads();

}  // namespace isvcc
