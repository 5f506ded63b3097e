#include "driver/incremental/sealed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "driver/incremental/packs.h"

namespace isvcc {

static constexpr off_t kLargest = off_t{1} << 30;

std::string read_cache_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info;
  std::string text;
  if (fd >= 0 && ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= kLargest) {
    text.resize(static_cast<size_t>(info.st_size));
    size_t done = 0;
    for (ssize_t got = 1; done < text.size() && got > 0; done += static_cast<size_t>(std::max<ssize_t>(got, 0))) got = ::read(fd, text.data() + done, text.size() - done);
    text.resize(done);
  }
  if (fd >= 0) ::close(fd);
  return text;
}

std::string_view unsealed(std::string_view text, std::string_view first_line) {
  constexpr size_t digest = sizeof(Digest::bytes);
  if (text.size() < first_line.size() + digest || text.substr(0, first_line.size()) != first_line) return {};
  const std::string_view body = text.substr(0, text.size() - digest);
  return sha256(body).view() == text.substr(body.size()) ? body.substr(first_line.size()) : std::string_view();
}

void write_sealed(const std::string& path, const ByteWriter& rows) {
  const size_t slash = path.rfind('/');
  if (slash != std::string::npos) make_cache_folder(path.substr(0, slash));
  const Digest digest = sha256(rows.bytes());
  write_cache_file(path, {rows.bytes(), digest.view()});
}

}  // namespace isvcc
