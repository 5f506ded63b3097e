#include "emit/stop_signals.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/check.h"

namespace isvcc {

sigset_t stopping_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}

StopSignals::StopSignals() {
  const sigset_t set = stopping_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  (void)::signal(SIGXFSZ, SIG_IGN);  // a file size limit is an error like others: EFBIG
  signal_fd_ = signalfd(-1, &set, SFD_CLOEXEC);
  end_fd_ = eventfd(0, EFD_CLOEXEC);
  ISVCC_CHECK(signal_fd_ >= 0 && end_fd_ >= 0, "signals cannot be watched");
  watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  const uint64_t one = 1;
  if (::write(end_fd_, &one, sizeof one) == sizeof one) watcher_.join();
  else watcher_.detach();
  ::close(signal_fd_);
  ::close(end_fd_);
}

void StopSignals::watch() {
  pollfd events[] = {{signal_fd_, POLLIN, 0}, {end_fd_, POLLIN, 0}};
  while (::poll(events, 2, -1) < 0) {
  }
  if (events[0].revents == 0) return;
  signalfd_siginfo info{};
  if (::read(signal_fd_, &info, sizeof info) != sizeof info) return;
  requested_ = true;
  std::unique_lock lock(mutex_);
  let_go_.wait(lock, [this] { return holds_ == 0; });
  ::_exit(128 + static_cast<int>(info.ssi_signo));
}

StopSignals::Hold::Hold(StopSignals* signals) : signals_(signals) {
  if (!signals_) return;
  const std::lock_guard lock(signals_->mutex_);
  ++signals_->holds_;
}

StopSignals::Hold::~Hold() {
  if (!signals_) return;
  const std::lock_guard lock(signals_->mutex_);
  if (--signals_->holds_ == 0) signals_->let_go_.notify_all();
}

}  // namespace isvcc
