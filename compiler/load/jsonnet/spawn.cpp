#include "load/jsonnet/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/text.h"
#include "load/jsonnet.h"

namespace isvcc::jsonnet {

// Sanitizers reserve terabytes of addresses: there the memory that is really used is limited instead.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
static constexpr bool kSanitized = true;
#else
static constexpr bool kSanitized = false;
#endif
#else
static constexpr bool kSanitized = false;
#endif

static constexpr rlim_t kStackBytes = 64u << 20;
static constexpr rlim_t kOpenFiles = 64;

namespace {

struct Descriptors {
  int socket[2] = {-1, -1};
  int errors[2] = {-1, -1};
  int nothing = -1;

  bool open() {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, socket) == 0 && pipe2(errors, O_CLOEXEC) == 0 &&
           (nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0;
  }
  void close_all() {
    for (const int fd : {socket[0], socket[1], errors[0], errors[1], nothing})
      if (fd >= 0) close(fd);
  }
};

}  // namespace

// ---- between fork and exec: only calls that are safe in the child of a program with threads

static void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit bounds{soft, hard};
  setrlimit(resource, &bounds);
}

static void limit_resources(const Limits& limits, size_t entries) {
  if (!kSanitized) limit(RLIMIT_AS, limits.jsonnet_memory_bytes, limits.jsonnet_memory_bytes);
  // The worker moves its soft limit on for each entry.
  limit(RLIMIT_CPU, limits.jsonnet_cpu_seconds, limits.jsonnet_cpu_seconds * (std::max<size_t>(entries, 1) + 1));
  limit(RLIMIT_STACK, kStackBytes, kStackBytes);
  limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles);
  if (!kSanitized) limit(RLIMIT_FSIZE, 0, 0);  // ThreadSanitizer keeps its notes in a file
  limit(RLIMIT_CORE, 0, 0);
}

// Moves `fd` to `wanted`, which none of the descriptors that are still needed may have.
static bool place(int fd, int wanted) {
  if (fd == wanted) return fcntl(fd, F_SETFD, 0) == 0;
  return dup2(fd, wanted) == wanted;
}

static bool place_descriptors(const Descriptors& fds) {
  // First out of the way of 0…3.
  const int socket = fcntl(fds.socket[1], F_DUPFD, 16), errors = fcntl(fds.errors[1], F_DUPFD, 16), nothing = fcntl(fds.nothing, F_DUPFD, 16);
  if (socket < 0 || errors < 0 || nothing < 0) return false;
  if (!place(nothing, 0) || !place(nothing, 1) || !place(errors, 2) || !place(socket, kJsonnetWorkerFd)) return false;
#ifdef SYS_close_range
  if (syscall(SYS_close_range, kJsonnetWorkerFd + 1, ~0u, 0) == 0) return true;
#endif
  for (int fd = kJsonnetWorkerFd + 1; fd < 4096; ++fd) close(fd);
  return true;
}

[[noreturn]] static void become_worker(const char* executable, const Descriptors& fds, const Limits& limits, size_t entries, pid_t parent,
                                       char* const* environment) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(126);  // it died before that
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (!place_descriptors(fds)) _exit(126);
  limit_resources(limits, entries);
  char name[] = "isvcc", flag[] = "--jsonnet-worker";
  char* arguments[] = {name, flag, nullptr};
  execve(executable, arguments, environment);
  static constexpr char kWords[] = "cannot execute the Jsonnet worker\n";
  if (write(2, kWords, sizeof kWords - 1) < 0) _exit(125);
  _exit(127);
}

// ----

namespace {

// Nothing of ours is passed on.
class Environment {
 public:
  explicit Environment(const Limits& limits) {
    // libjsonnet makes and frees many small objects: keep the free ones at hand (a quarter less time), in huge pages where there are some, and
    // do not sweep them together for the sake of a large one (a sixth less again).
    texts_.push_back("GLIBC_TUNABLES=glibc.malloc.tcache_count=60000:glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=16777216:"
                     "glibc.malloc.hugetlb=1:glibc.malloc.mxfast=0");
    const std::string sanitizer = cat("hard_rss_limit_mb=", limits.jsonnet_memory_bytes >> 20, ":can_use_proc_maps_statm=0");
    if (kSanitized) {
      texts_.push_back("ASAN_OPTIONS=" + sanitizer);
      texts_.push_back("TSAN_OPTIONS=" + sanitizer);
    }
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }
  char* const* get() const { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

}  // namespace

// A worker that does not read its job must not hold us up.
static void bound_sending(int socket, uint64_t seconds) {
  const timeval time{static_cast<time_t>(seconds), 0};
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

std::optional<Child> spawn(const std::string& executable, const Limits& limits, size_t entries, std::string& problem) {
  const Environment environment(limits);
  Descriptors fds;
  const pid_t parent = getpid();
  const pid_t pid = fds.open() ? fork() : -1;
  if (pid < 0) {
    problem = cat("cannot start a Jsonnet worker: ", std::strerror(errno));
    fds.close_all();
    return std::nullopt;
  }
  if (pid == 0) become_worker(executable.c_str(), fds, limits, entries, parent, environment.get());
  close(fds.socket[1]);
  close(fds.errors[1]);
  close(fds.nothing);
  bound_sending(fds.socket[0], limits.jsonnet_wall_seconds);
  return Child{pid, fds.socket[0], fds.errors[0]};
}

}  // namespace isvcc::jsonnet
