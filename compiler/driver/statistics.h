#pragma once
// Wall time and volume of each phase, for --stats and the summary. Never part of any output file.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

struct PhaseTime {
  std::string_view name;
  double milliseconds = 0;
  uint64_t items = 0, bytes = 0;
};

// Where the run is, for another thread to look at.
struct Progress {
  std::atomic<const char*> phase{"load"};
  std::atomic<size_t> done{0}, total{0};  // items of the phase; total 0: unknown

  void begin(const char* name) { phase = name, total = 0, done = 0; }
  void expect(size_t items) { done = 0, total = items; }
  void one_done() { done.fetch_add(1, std::memory_order_relaxed); }
};

struct Statistics {
  Progress progress;
  std::vector<PhaseTime> phases;
  size_t threads = 1;

  double total_milliseconds() const;
  // A table for a terminal.
  std::string table() const;
};

// Measures from construction to done().
class PhaseTimer {
 public:
  PhaseTimer(Statistics& to, const char* name) : to_(to), name_(name) { to.progress.begin(name); }
  void done(uint64_t items, uint64_t bytes = 0) {
    const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start_;
    to_.phases.push_back({name_, passed.count(), items, bytes});
  }

 private:
  Statistics& to_;
  std::string_view name_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace isvcc
