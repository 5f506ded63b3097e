// Preloaded into a program under test: the clock stands ISVCC_CLOCK seconds after 1970 and does not move; time spans are measured as ever.
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static time_t pretended() {
  const char* text = ::getenv("ISVCC_CLOCK");
  return text ? static_cast<time_t>(::strtoll(text, nullptr, 10)) : 0;
}

extern "C" {

time_t time(time_t* out) noexcept {
  if (out) *out = pretended();
  return pretended();
}

int gettimeofday(timeval* __restrict out, void* __restrict) noexcept {
  *out = {pretended(), 0};
  return 0;
}

int clock_gettime(clockid_t clock, timespec* out) noexcept {
  static const auto real = reinterpret_cast<int (*)(clockid_t, timespec*)>(::dlsym(RTLD_NEXT, "clock_gettime"));
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return real(clock, out);
  *out = {pretended(), 0};
  return 0;
}

}  // extern "C"
