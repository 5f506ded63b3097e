#pragma once
// What the system says about a file without opening it: enough to know it again.
#include <sys/stat.h>
#include <time.h>

#include <cstdint>

namespace isvcc {

struct FileStamp {
  uint64_t size = 0, inode = 0, device = 0;
  int64_t modified = 0, changed = 0;  // nanoseconds
  bool operator==(const FileStamp&) const = default;
};

inline FileStamp stamp_of(const struct stat& info) {
  auto nanoseconds = [](const timespec& time) { return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; };
  return {static_cast<uint64_t>(info.st_size), info.st_ino, info.st_dev, nanoseconds(info.st_mtim), nanoseconds(info.st_ctim)};
}

inline int64_t nanoseconds_now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// A file that was changed in the very moment it was looked at may look the same afterwards: only older ones can be trusted.
// Some file systems count in seconds, the others in ticks of the kernel's clock.
inline bool is_settled(const FileStamp& stamp, int64_t looked_at) {
  constexpr int64_t kSecond = 1'000'000'000, kTick = 10'000'000;
  const bool coarse = stamp.modified % kSecond == 0 && stamp.changed % kSecond == 0;
  return (stamp.modified > stamp.changed ? stamp.modified : stamp.changed) + (coarse ? 2 * kSecond : kTick) < looked_at;
}

}  // namespace isvcc
