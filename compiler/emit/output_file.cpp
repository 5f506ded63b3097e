#include "emit/output_file.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "emit/output_lock.h"
#include "emit/temporary_names.h"

namespace isvcc {

namespace {

// Holds SIGPIPE back in this thread and forgets the one that a write raised.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    was_pending_ = sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    const timespec now{};
    if (!was_pending_)
      while (sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) {
      }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_{}, before_{};
  bool was_pending_ = false;
};

// One call of write_file.
class FileWriter {
 public:
  FileWriter(const std::string& path, std::string_view text, const FileOptions& options, Diagnostics& diags)
      : path_(path), text_(text), options_(options), diags_(diags), hold_(options.stop) {}

  OutputResult run() {
    OutputProblem problem;
    place_ = locate(path_, options_.trusted_root, problem);
    if (problem) return problem.refusal.empty() ? failed(problem.failure) : refused(problem.refusal, problem.hint);
    const mode_t mode = place_.missing.empty() ? status(place_.parent.get(), place_.name).st_mode : 0;
    if (S_ISLNK(mode)) return refused(cat("the output ", quote(path_, 1000), " is a symbolic link"), "name the file itself");
    if (S_ISDIR(mode)) return refused(cat("the output ", quote(path_, 1000), " is a folder"), "name a file");
    if (mode != 0 && !S_ISREG(mode)) return write_through();
    if (mode != 0 && holds(text_)) return done(false);
    if (options_.edits && !holds(*options_.edits)) return refused(cat(quote(path_, 1000), " has changed meanwhile"), "run the command again");
    mode_ = options_.edits ? mode & 07777 : 0;
    return replace();
  }

 private:
  bool holds(std::string_view text) const {
    std::string now;
    IoFailure ignored;
    return read_file(place_.parent.get(), place_.name, kLargestFile, now, ignored) && now == text;
  }

  OutputResult write_through() {
    const Fd file(::openat(place_.parent.get(), place_.name.c_str(), O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC));
    if (!file) return failed({errno, "open", path_});
    return write_stream(file.get(), text_, diags_) == Streaming::Failed ? result(OutputFailure::Io) : done(true);
  }

  OutputResult replace() {
    IoFailure failure;
    std::vector<MadeFolder> made = make_parents(place_, failure);
    OutputResult end = failure ? failed(failure) : replace_locked();
    if (!end.ok) unmake_parents(made);
    return end;
  }

  OutputResult replace_locked() {
    OutputLock lock;
    IoFailure failure;
    switch (lock.take(place_, options_.wait, hold_, failure)) {
      case Locking::Locked: break;
      case Locking::Failed: return failed(failure);
      case Locking::Stopped: return result(OutputFailure::Stopped);
      case Locking::Busy:
        diags_.report(Code::OutputBusy, Stage::Output, Span{}, cat("another isvcc writes ", quote(path_, 1000)));
        return result(OutputFailure::Busy);
    }
    const std::string draft = stage_beside(place_.name);
    const int folder = place_.parent.get();
    bool fine = remove_all(folder, draft, failure) && write_draft(folder, draft, failure) && flush(draft, failure);
    if (fine && hold_.stop_requested()) return remove_file(folder, draft), result(OutputFailure::Stopped);
    if (fine && ::renameat(folder, draft.c_str(), folder, place_.name.c_str()) != 0) fine = false, failure = {errno, "replace", path_};
    if (fine) return done(true);
    remove_file(folder, draft);
    failure.path = path_;
    return failed(failure);
  }

  bool write_draft(int folder, const std::string& draft, IoFailure& failure) const {
    OutputText text;
    text.borrow(text_);
    if (!write_new_file(folder, draft, text, true, failure)) return false;
    if (mode_ == 0 || ::fchmodat(folder, draft.c_str(), mode_, 0) == 0) return true;
    failure = {errno, "set the mode of", path_};
    return false;
  }

  bool flush(const std::string& draft, IoFailure& failure) const {
    if (!options_.durable) return true;
    const Fd file(::openat(place_.parent.get(), draft.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file && ::fsync(file.get()) == 0) return true;
    failure = {errno, "flush", path_};
    return false;
  }

  static OutputResult done(bool written) {
    OutputResult out;
    out.ok = true;
    (written ? out.written : out.unchanged) = 1;
    return out;
  }

  static OutputResult result(OutputFailure failure) {
    OutputResult out;
    out.failure = failure;
    return out;
  }

  OutputResult failed(const IoFailure& failure) {
    diags_.report(Code::OutputError, Stage::Output, Span{}, words(failure));
    return result(OutputFailure::Io);
  }

  OutputResult refused(const std::string& message, const std::string& hint) {
    diags_.report(Code::OutputRefused, Stage::Output, Span{}, message).hinting(hint);
    return result(OutputFailure::Refused);
  }

  const std::string& path_;
  std::string_view text_;
  const FileOptions& options_;
  Diagnostics& diags_;
  StopSignals::Hold hold_;
  OutputPlace place_;
  mode_t mode_ = 0;  // 0: that of a new file
};

}  // namespace

OutputResult write_file(const std::string& path, std::string_view text, const FileOptions& options, Diagnostics& diags) {
  return FileWriter(path, text, options, diags).run();
}

Streaming write_stream(int fd, std::string_view text, Diagnostics& diags) {
  const NoPipeSignal no_signal;
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
      continue;
    }
    if (errno == EPIPE) return Streaming::Closed;
    pollfd ready{fd, POLLOUT, 0};
    if (errno == EINTR || ((errno == EAGAIN || errno == EWOULDBLOCK) && ::poll(&ready, 1, -1) >= 0)) continue;
    diags.report(Code::OutputError, Stage::Output, Span{}, words({errno, "write to", "standard output"}));
    return Streaming::Failed;
  }
  return Streaming::Done;
}

static constexpr size_t kChunk = 1 << 20;

Streaming stream_text(int fd, const OutputText& text, Diagnostics& diags) {
  std::string chunk;
  Streaming state = Streaming::Done;
  auto flush = [&] {
    if (state == Streaming::Done) state = write_stream(fd, std::string_view(chunk), diags);
    chunk.clear();
  };
  text.each([&](std::string_view piece) {
    chunk += piece;
    if (chunk.size() >= kChunk) flush();
  });
  flush();
  return state;
}

}  // namespace isvcc
