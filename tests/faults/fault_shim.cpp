// Preloaded into a program under test: makes its n-th file operation fail, kills it there, or slows all of them down.
//   ISVCC_FAULT_AT=n            the n-th call, counted from 1 over all wrapped functions and threads
//   ISVCC_FAULT_ERRNO=e         … fails with errno e
//   ISVCC_FAULT_KILL=1          … is preceded by SIGKILL
//   ISVCC_FAULT_MARK=fd         one byte is written to this descriptor when the call is reached
//   ISVCC_FAULT_DELAY=us        every call sleeps first
//   ISVCC_FAULT_NO_EXCHANGE=1   renameat2 does not know RENAME_EXCHANGE, as on some file systems
#undef _FORTIFY_SOURCE  // its headers define some of these functions themselves
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>

namespace {

long number(const char* variable) {
  const char* text = ::getenv(variable);
  return text ? ::strtol(text, nullptr, 10) : 0;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

void mark() {
  if (const long fd = number("ISVCC_FAULT_MARK")) next<ssize_t(int, const void*, size_t)>("write")(static_cast<int>(fd), "x", 1);
}

// True when this call has to fail; errno is set.
bool fails() {
  static std::atomic<long> calls{0};
  static const long at = number("ISVCC_FAULT_AT"), error = number("ISVCC_FAULT_ERRNO"), kill = number("ISVCC_FAULT_KILL"), delay = number("ISVCC_FAULT_DELAY");
  if (delay > 0) ::usleep(static_cast<useconds_t>(delay));
  if (++calls != at) return false;
  mark();
  if (kill) ::kill(::getpid(), SIGKILL);
  errno = static_cast<int>(error);
  return true;
}

}  // namespace

#define WRAP(result, name, parameters, arguments, failure)            \
  extern "C" result name parameters {                                 \
    static auto* const real = next<result parameters>(#name);         \
    return fails() ? (failure) : real arguments;                      \
  }

WRAP(ssize_t, write, (int fd, const void* bytes, size_t size), (fd, bytes, size), -1)
WRAP(ssize_t, writev, (int fd, const iovec* pieces, int count), (fd, pieces, count), -1)
WRAP(ssize_t, read, (int fd, void* bytes, size_t size), (fd, bytes, size), -1)
WRAP(int, renameat, (int from_at, const char* from, int to_at, const char* to), (from_at, from, to_at, to), -1)
WRAP(int, mkdirat, (int at, const char* path, mode_t mode), (at, path, mode), -1)
WRAP(int, linkat, (int from_at, const char* from, int to_at, const char* to, int flags), (from_at, from, to_at, to, flags), -1)
WRAP(int, unlinkat, (int at, const char* path, int flags), (at, path, flags), -1)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
WRAP(int, fchmodat, (int at, const char* path, mode_t mode, int flags), (at, path, mode, flags), -1)
WRAP(int, fsync, (int fd), (fd), -1)
WRAP(int, syncfs, (int fd), (fd), -1)
WRAP(int, flock, (int fd, int operation), (fd, operation), -1)
WRAP(DIR*, fdopendir, (int fd), (fd), nullptr)
WRAP(dirent*, readdir, (DIR * stream), (stream), nullptr)

// The descriptor is gone even so, as after a real failure.
extern "C" int close(int fd) {
  static auto* const real = next<int(int)>("close");
  if (!fails()) return real(fd);
  const int error = errno;
  real(fd);
  errno = error;
  return -1;
}

extern "C" int renameat2(int from_at, const char* from, int to_at, const char* to, unsigned flags) noexcept {
  static auto* const real = next<int(int, const char*, int, const char*, unsigned)>("renameat2");
  if (fails()) return -1;
  if ((flags & RENAME_EXCHANGE) && number("ISVCC_FAULT_NO_EXCHANGE")) {
    errno = EINVAL;
    return -1;
  }
  return real(from_at, from, to_at, to, flags);
}

static int open_through(const char* name, int at, const char* path, int flags, mode_t mode) {
  auto* const real = next<int(int, const char*, int, ...)>(name);
  return fails() ? -1 : real(at, path, flags, mode);
}

static mode_t mode_argument(int flags, va_list arguments) { return (flags & O_CREAT) ? static_cast<mode_t>(va_arg(arguments, int)) : 0; }

extern "C" int openat(int at, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_through("openat", at, path, flags, mode);
}

extern "C" int openat64(int at, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_through("openat64", at, path, flags, mode);
}

// openat2 has no function of its own.
extern "C" long syscall(long number, ...) noexcept {
  static auto* const real = next<long(long, ...)>("syscall");
  va_list arguments;
  va_start(arguments, number);
  long a[6];
  for (long& argument : a) argument = va_arg(arguments, long);
  va_end(arguments);
  if (number == SYS_openat2 && fails()) return -1;
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
