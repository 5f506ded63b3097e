#include "driver/incremental/stamps.h"

#include "driver/incremental/bytes.h"

namespace isvcc {

static constexpr std::string_view kSources = "isvcc sources 2\n", kOutputs = "isvcc outputs 2\n";
static constexpr size_t kStamp = 40, kDigest = 32, kRow = 200;  // bytes; a row is rarely longer

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
  stamps.file_ = CacheFile(path);
  ByteReader in(unsealed(stamps.file_.bytes(), kSources));
  const uint32_t count = in.count(4 + kStamp + kDigest);
  stamps.rows_.reserve(count);
  for (uint32_t i = count; i > 0 && in.ok(); --i) {
    const std::string_view name = in.text();
    const FileStamp stamp = read_stamp(in);
    stamps.rows_.push_back({name, {stamp, in.digest()}});
  }
  return in.at_end() ? std::move(stamps) : SourceStamps();
}

void save_source_stamps(const std::string& path, const std::vector<std::pair<std::string_view, SourceStamp>>& stamps) {
  ByteWriter out;
  out.reserve(kRow * stamps.size()).raw(kSources).number(static_cast<uint32_t>(stamps.size()));
  for (const auto& [name, known] : stamps) {
    out.text(name);
    write(known.stamp, out);
    out.digest(known.content);
  }
  write_sealed(path, {out.bytes()});
}

std::optional<OutputMemory> load_output_memory(const CacheFile& file) {
  OutputMemory memory;
  ByteReader in(unsealed(file.bytes(), kOutputs));
  for (uint32_t i = in.count(4 + kStamp + 2 * kDigest); i > 0 && in.ok(); --i) {
    const std::string_view name = in.text();
    OutputMemory::Written written;
    written.stamp = read_stamp(in);
    written.key = in.digest();
    written.content = in.digest();
    memory.restore(name, written);
  }
  return in.at_end() ? std::optional(std::move(memory)) : std::nullopt;
}

Checksum save_output_memory(const std::string& path, const OutputMemory& memory) {
  ByteWriter out;
  out.reserve(kRow * memory.all().size()).raw(kOutputs).number(static_cast<uint32_t>(memory.all().size()));
  for (const auto& [name, written] : memory.all()) {
    out.text(name);
    write(written.stamp, out);
    out.digest(written.key).digest(written.content);
  }
  return write_sealed(path, {out.bytes()});
}

}  // namespace isvcc
