#include "driver/incremental/sealed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "driver/incremental/bytes.h"
#include "driver/incremental/packs.h"

namespace isvcc {

static constexpr off_t kLargest = off_t{1} << 30;
static constexpr size_t kSeal = sizeof(Checksum);

CacheFile::CacheFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info;
  if (fd >= 0 && ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= kLargest) {
    const auto size = static_cast<size_t>(info.st_size);
    bytes_ = std::make_unique_for_overwrite<char[]>(size);
    for (ssize_t got = 1; size_ < size && got > 0; size_ += static_cast<size_t>(std::max<ssize_t>(got, 0))) got = ::read(fd, bytes_.get() + size_, size - size_);
  }
  if (fd >= 0) ::close(fd);
}

std::string_view unsealed(std::string_view text, std::string_view first_line) {
  if (text.size() < first_line.size() + kSeal || text.substr(0, first_line.size()) != first_line) return {};
  const std::string_view body = text.substr(0, text.size() - kSeal);
  return checksum({body}) == seal_of(text) ? body.substr(first_line.size()) : std::string_view();
}

Checksum seal_of(std::string_view text) {
  return ByteReader(text.substr(text.size() - std::min(text.size(), kSeal))).checksum();
}

Checksum write_sealed(const std::string& path, std::vector<std::string_view> pieces) {
  const size_t slash = path.rfind('/');
  if (slash != std::string::npos) make_cache_folder(path.substr(0, slash));
  const Checksum all = checksum(pieces);
  ByteWriter seal;
  seal.checksum(all);
  pieces.push_back(seal.bytes());
  write_cache_file(path, pieces);
  return all;
}

}  // namespace isvcc
