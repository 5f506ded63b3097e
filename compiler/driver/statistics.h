#pragma once
// Wall time and volume of each phase, for --stats and the summary. Never part of any output file.
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

struct Statistics {
  std::vector<PhaseTime> phases;
  size_t threads = 1;

  double total_milliseconds() const;
  // A table for a terminal.
  std::string table() const;
};

// Measures from construction to done().
class PhaseTimer {
 public:
  PhaseTimer(Statistics& to, std::string_view name) : to_(to), name_(name) {}
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
