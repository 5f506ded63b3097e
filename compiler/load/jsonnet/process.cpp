#include "load/jsonnet/process.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/text.h"
#include "load/jsonnet/spawn.h"

namespace isvcc::jsonnet {

using Clock = std::chrono::steady_clock;

// std.trace may write without end; what is beyond is read and dropped.
static constexpr size_t kTraceBytes = 64 * 1024;

namespace {

class Watch {
 public:
  Watch(Child child, const Limits& limits, const Serve& serve, size_t entries)
      : child_(child), seconds_(limits.jsonnet_wall_seconds), serve_(serve),
        frame_limit_(static_cast<size_t>(std::min<uint64_t>(limits.jsonnet_output_bytes * std::max<size_t>(entries, 1) + (1u << 20), 1u << 31))) {
    restart_clock();
  }
  ~Watch() {
    if (!reaped_) {
      kill(child_.pid, SIGKILL);
      reap();
    }
    close(child_.socket);
    close(child_.errors);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  Evaluation run(const Job& job) {
    if (!send(FrameKind::Job, encode(job))) over_ = true;
    while (!over_) step();
    if (!ended_) died();
    return std::move(result_);
  }

 private:
  void restart_clock() { deadline_ = Clock::now() + std::chrono::seconds(seconds_); }

  void end(Ending ending) {
    result_.ending = ending;
    ended_ = over_ = true;
  }

  bool send(FrameKind kind, std::string_view body) {
    const std::string bytes = packed(kind, body);
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t sent = ::send(child_.socket, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);  // times out: spawn()
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      at += static_cast<size_t>(sent);
    }
    return true;
  }

  // Waits for the child to say something, then takes it in.
  void step() {
    pollfd fds[] = {{child_.socket, POLLIN, 0}, {errors_open_ ? child_.errors : -1, POLLIN, 0}};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    if (left <= 0) return end(Ending::OutOfTime);
    const int ready = poll(fds, 2, static_cast<int>(std::min<long long>(left, 1 << 30)));
    if (ready < 0 && errno != EINTR) return end(Ending::Crashed);
    if (ready <= 0) return;
    if (fds[1].revents) read_errors();
    if (fds[0].revents) read_socket();
  }

  void read_errors() {
    char bytes[4096];
    const ssize_t size = read(child_.errors, bytes, sizeof bytes);
    if (size <= 0) {
      errors_open_ = false;
    } else if (result_.traces.size() < kTraceBytes) {
      result_.traces.append(bytes, static_cast<size_t>(size));
    }
  }

  void read_socket() {
    char bytes[65536];
    const ssize_t size = recv(child_.socket, bytes, sizeof bytes, 0);
    if (size < 0 && errno == EINTR) return;
    if (size <= 0) {
      over_ = true;
      return;
    }
    buffer_.append(bytes, static_cast<size_t>(size));
    bool good = true;
    while (auto frame = take_frame(buffer_, frame_limit_, good)) {
      take(*frame);
      if (over_) return;
    }
    if (!good) end(Ending::TooLarge);
  }

  void take(const Frame& frame) {
    BodyReader body(frame.body);
    switch (frame.kind) {
      case FrameKind::Begun:
        result_.begun = static_cast<int>(body.number());
        return restart_clock();
      case FrameKind::Import: return answer(body);
      case FrameKind::Results: return take_results(body);
      case FrameKind::Error:
        result_.error = body.text();
        return end(Ending::Error);
      case FrameKind::OutOfMemory: return end(Ending::OutOfMemory);
      case FrameKind::TooLarge:
        result_.begun = static_cast<int>(body.number());
        return end(Ending::TooLarge);
      default: return end(Ending::Crashed);
    }
  }

  void answer(BodyReader& body) {
    const std::string directory = body.text(), path = body.text();
    const ServedFile file = serve_(directory, path);
    BodyWriter reply;
    reply.number(file.found).text(file.name).text(file.text);
    if (!send(FrameKind::Answer, reply.body())) over_ = true;
  }

  void take_results(BodyReader& body) {
    for (uint32_t left = body.number(); left > 0 && body.good(); --left) result_.results.push_back(body.text());
    end(body.good() ? Ending::Done : Ending::Crashed);
  }

  int reap() {
    int status = 0;
    while (waitpid(child_.pid, &status, 0) < 0 && errno == EINTR) {
    }
    reaped_ = true;
    return status;
  }

  // The socket was closed without a last word: the way the process ended tells why. Its error pipe closes when it is gone.
  void died() {
    while (errors_open_ && Clock::now() < deadline_) {
      pollfd fd{child_.errors, POLLIN, 0};
      if (poll(&fd, 1, 100) > 0) read_errors();
    }
    if (errors_open_) kill(child_.pid, SIGKILL);
    const int status = reap();
    result_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const bool no_memory = contains(result_.traces, "bad_alloc") || contains(result_.traces, "memory allocation");
    if (result_.signal == 0 && WIFEXITED(status) && WEXITSTATUS(status) >= 125) {
      result_.error = "cannot start a Jsonnet worker";
      return end(Ending::NotStarted);
    }
    result_.ending = result_.signal == SIGXCPU || result_.signal == SIGKILL ? Ending::OutOfTime
                     : no_memory                                            ? Ending::OutOfMemory
                                                                            : Ending::Crashed;
  }

  Child child_;
  uint64_t seconds_;
  const Serve& serve_;
  size_t frame_limit_;
  Clock::time_point deadline_;
  Evaluation result_;
  std::string buffer_;
  bool over_ = false, ended_ = false, reaped_ = false, errors_open_ = true;
};

}  // namespace

Evaluation evaluate(const Job& job, const std::string& executable, const Limits& limits, const Serve& serve) {
  std::string problem;
  const auto child = spawn(executable, limits, job.entries, problem);
  if (!child) {
    Evaluation failed;
    failed.ending = Ending::NotStarted;
    failed.error = problem;
    return failed;
  }
  return Watch(*child, limits, serve, job.entries).run(job);
}

}  // namespace isvcc::jsonnet
