#include "driver/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <system_error>

#include "base/console.h"
#include "base/text.h"

namespace isvcc {
namespace {

constexpr std::chrono::milliseconds kPatience{500}, kBetween{100};
constexpr std::string_view kWipe = "\r\033[K";

}  // namespace

std::string progress_words(const Progress& progress) {
  const char* phase = progress.phase.load(std::memory_order_relaxed);
  const size_t total = progress.total.load(std::memory_order_relaxed);
  if (total == 0) return phase;
  return cat(phase, ' ', std::min(progress.done.load(std::memory_order_relaxed), total), " of ", total);
}

ProgressLine::ProgressLine(const Progress& progress, bool wanted) : progress_(progress) {
  if (!wanted || !isatty(STDERR_FILENO)) return;
  try {
    thread_ = std::thread([this] { show(); });
  } catch (const std::system_error&) {
    // Without a thread to spare there is no line.
  }
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  over_.notify_one();
  thread_.join();
}

void ProgressLine::show() {
  std::unique_lock lock(mutex_);
  if (over_.wait_for(lock, kPatience, [this] { return ended_; })) return;
  do put(stderr, cat(kWipe, "isvcc: ", progress_words(progress_)));
  while (!over_.wait_for(lock, kBetween, [this] { return ended_; }));
  put(stderr, kWipe);
}

}  // namespace isvcc
