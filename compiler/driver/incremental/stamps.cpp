#include "driver/incremental/stamps.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "driver/incremental/bytes.h"
#include "driver/incremental/packs.h"

namespace isvcc {

static constexpr std::string_view kSources = "isvcc sources 1\n", kOutputs = "isvcc outputs 1\n";
static constexpr size_t kStamp = 40, kDigest = 32;
static constexpr off_t kLargest = off_t{1} << 30;

// ---- a file: its first line, the rows, a digest of both

static std::string read_whole(const std::string& path) {
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

static std::optional<std::string_view> rows_of(std::string_view text, std::string_view first) {
  if (text.size() < first.size() + kDigest || text.substr(0, first.size()) != first) return std::nullopt;
  const std::string_view body = text.substr(0, text.size() - kDigest);
  if (sha256(body).view() != text.substr(body.size())) return std::nullopt;
  return body.substr(first.size());
}

static void save_rows(const std::string& path, const ByteWriter& rows) {
  const size_t slash = path.rfind('/');
  if (slash != std::string::npos) make_cache_folder(path.substr(0, slash));
  const Digest digest = sha256(rows.bytes());
  write_cache_file(path, {rows.bytes(), digest.view()});
}

static void write(const FileStamp& stamp, ByteWriter& out) { out.number(stamp.size).number(stamp.inode).number(stamp.device).number(stamp.modified).number(stamp.changed); }

static FileStamp read_stamp(ByteReader& in) {
  FileStamp stamp;
  stamp.size = in.number<uint64_t>();
  stamp.inode = in.number<uint64_t>();
  stamp.device = in.number<uint64_t>();
  stamp.modified = in.number<int64_t>();
  stamp.changed = in.number<int64_t>();
  return stamp;
}

// ---- sources and outputs

SourceStamps load_source_stamps(const std::string& path) {
  SourceStamps stamps;
  const std::string text = read_whole(path);
  ByteReader in(rows_of(text, kSources).value_or(std::string_view()));
  for (uint32_t i = in.count(4 + kStamp + kDigest); i > 0 && in.ok(); --i) {
    const std::string name(in.text());
    const FileStamp stamp = read_stamp(in);
    stamps.emplace_hint(stamps.end(), name, SourceStamp{stamp, in.digest()});
  }
  return in.at_end() ? std::move(stamps) : SourceStamps();
}

void save_source_stamps(const std::string& path, const SourceStamps& stamps) {
  ByteWriter out;
  out.raw(kSources).number(static_cast<uint32_t>(stamps.size()));
  for (const auto& [name, known] : stamps) {
    out.text(name);
    write(known.stamp, out);
    out.digest(known.content);
  }
  save_rows(path, out);
}

OutputMemory load_output_memory(const std::string& path) {
  OutputMemory memory;
  const std::string text = read_whole(path);
  ByteReader in(rows_of(text, kOutputs).value_or(std::string_view()));
  for (uint32_t i = in.count(4 + kStamp + 2 * kDigest); i > 0 && in.ok(); --i) {
    const std::string name(in.text());
    OutputMemory::Written written;
    written.stamp = read_stamp(in);
    written.key = in.digest();
    written.content = in.digest();
    memory.note(name, written);
  }
  if (!in.at_end()) return {};
  memory.is_kept();
  return memory;
}

void save_output_memory(const std::string& path, const OutputMemory& memory) {
  ByteWriter out;
  out.raw(kOutputs).number(static_cast<uint32_t>(memory.all().size()));
  for (const auto& [name, written] : memory.all()) {
    out.text(name);
    write(written.stamp, out);
    out.digest(written.key).digest(written.content);
  }
  save_rows(path, out);
}

}  // namespace isvcc
