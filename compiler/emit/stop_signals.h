#pragma once
// SIGINT, SIGTERM and SIGHUP end the process with 128 + n, but never in the middle of output: what was begun is taken
// back first. No code of ours runs inside a signal handler.
#include <signal.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace isvcc {

// SIGINT, SIGTERM and SIGHUP.
sigset_t stopping_signals();

// Make one in main() before any other thread starts: the signals are blocked for the whole process and a thread waits
// for them. Child processes inherit the blocked signals; they must unblock them before they run something else.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // True once a signal has come. Whoever holds the process then gives up, cleans up and lets go.
  bool requested() const { return requested_.load(std::memory_order_relaxed); }

  // While one of these lives, a signal only sets requested(); the process ends when the last one is gone.
  class Hold {
   public:
    explicit Hold(StopSignals* signals);  // null: never stopped
    ~Hold();
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    bool stop_requested() const { return signals_ && signals_->requested(); }

   private:
    StopSignals* signals_;
  };

 private:
  void watch();

  std::atomic<bool> requested_{false};
  std::mutex mutex_;
  std::condition_variable let_go_;
  size_t holds_ = 0;
  int signal_fd_ = -1, end_fd_ = -1;
  std::thread watcher_;
};

}  // namespace isvcc
