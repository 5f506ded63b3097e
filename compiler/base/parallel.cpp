#include "base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace isvcc {

void parallel_for(size_t count, size_t threads, const std::function<void(size_t, size_t)>& work) {
  // Several indices are claimed at once so that short items do not fight over the counter.
  const size_t step = std::clamp<size_t>(count / (std::max<size_t>(threads, 1) * 16), 1, 64);
  std::atomic<size_t> next{0};
  std::exception_ptr first;
  std::mutex mutex;
  auto run_all = [&](size_t worker) {
    for (size_t begin = next.fetch_add(step); begin < count; begin = next.fetch_add(step))
      for (size_t i = begin; i < std::min(begin + step, count); ++i) work(worker, i);
  };
  auto run = [&](size_t worker) {
    try {
      run_all(worker);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!first) first = std::current_exception();
      next = count;
    }
  };
  const size_t helpers = std::min(std::max<size_t>(threads, 1), std::max<size_t>(count, 1)) - 1;
  std::vector<std::thread> pool;
  try {
    for (size_t w = 1; w <= helpers; ++w) pool.emplace_back(run, w);
  } catch (const std::system_error&) {
    // No more threads are to be had: those that run do the work.
  }
  run(0);
  for (std::thread& t : pool) t.join();
  if (first) std::rethrow_exception(first);
}

size_t hardware_threads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

}  // namespace isvcc
