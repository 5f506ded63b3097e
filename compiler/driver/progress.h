#pragma once
// A line on a terminal that says how far a long run has come. Silent when standard error is no terminal, in the first half second, and after it is gone.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "driver/statistics.h"

namespace isvcc {

class ProgressLine {
 public:
  // Reads `progress` from a thread of its own until destroyed; then the line is wiped out.
  ProgressLine(const Progress& progress, bool wanted);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void show();

  const Progress& progress_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool ended_ = false;
  std::thread thread_;
};

// "compile 1200 of 10000", or the phase alone when it does not count.
std::string progress_words(const Progress& progress);

}  // namespace isvcc
