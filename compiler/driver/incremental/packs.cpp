#include "driver/incremental/packs.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <map>
#include <optional>

#include "base/file_stamp.h"
#include "base/text.h"
#include "driver/incremental/bytes.h"

namespace isvcc {

// texts, records, index, footer
static constexpr std::string_view kMagic = "isvcc pack 1\n\n\n\n";
static constexpr size_t kDigest = 32, kEntry = kDigest + 8 + 4 + 8 + kDigest, kFooter = 8 + 8 + 8 + kDigest + 16;
static constexpr size_t kMostPacks = 8, kMostFiles = 1000, kMostOfOneKey = 4;
static constexpr uint64_t kLargestPack = uint64_t{4} << 30, kLargestTail = uint64_t{1} << 30, kLargestStore = uint64_t{2} << 30;

static bool read_at(int fd, uint64_t offset, char* to, size_t size) {
  for (size_t done = 0; done < size;) {
    const ssize_t got = ::pread(fd, to + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<size_t>(got);
  }
  return true;
}

class Pack {
 public:
  explicit Pack(std::string path) : path_(std::move(path)), fd_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
  ~Pack() {
    if (fd_ >= 0) ::close(fd_);
  }
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  // Records and index are held in memory, texts are not. The index is checked at once, each record when it is asked for.
  bool open() {
    struct stat info;
    if (fd_ < 0 || ::fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) return false;
    const auto size = static_cast<uint64_t>(info.st_size);
    char footer[kFooter];
    if (size < kFooter || size > kLargestPack || !read_at(fd_, size - kFooter, footer, kFooter)) return false;
    ByteReader in({footer, kFooter});
    records_at_ = in.number<uint64_t>();
    const auto index_at = in.number<uint64_t>();
    const auto count = in.number<uint64_t>();
    const Digest digest = in.digest();
    if (std::string_view(footer + kFooter - kMagic.size(), kMagic.size()) != kMagic) return false;
    if (records_at_ > index_at || index_at > size - kFooter || size - kFooter - records_at_ > kLargestTail || count != (size - kFooter - index_at) / kEntry ||
        count * kEntry != size - kFooter - index_at)
      return false;
    tail_.resize(static_cast<size_t>(size - kFooter - records_at_));
    if (!read_at(fd_, records_at_, tail_.data(), tail_.size())) return false;
    index_ = std::string_view(tail_).substr(static_cast<size_t>(index_at - records_at_));
    size_ = size;
    modified_ = stamp_of(info).modified;
    return sha256(index_) == digest;
  }

  struct Entry {
    Digest key;
    uint64_t record_at;
    uint32_t record_size;
    uint64_t texts_at;
    Digest record;
  };
  size_t count() const { return index_.size() / kEntry; }
  Entry entry(size_t i) const {
    ByteReader in(index_.substr(i * kEntry, kEntry));
    Entry e;
    e.key = in.digest();
    e.record_at = in.number<uint64_t>();
    e.record_size = in.number<uint32_t>();
    e.texts_at = in.number<uint64_t>();
    e.record = in.digest();
    return e;
  }
  // Entries are sorted by key: the first that is not below it.
  size_t lower_bound(const Digest& key) const {
    size_t low = 0, high = count();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (std::memcmp(index_.data() + middle * kEntry, key.bytes.data(), kDigest) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  bool is_at(size_t i, const Digest& key) const { return i < count() && std::memcmp(index_.data() + i * kEntry, key.bytes.data(), kDigest) == 0; }
  std::optional<std::string_view> record(const Entry& e) const {
    const size_t records = tail_.size() - index_.size();
    if (e.record_at > records || e.record_size > records - e.record_at) return std::nullopt;
    const std::string_view bytes = std::string_view(tail_).substr(static_cast<size_t>(e.record_at), e.record_size);
    return sha256(bytes) == e.record ? std::optional(bytes) : std::nullopt;
  }
  bool read_texts(uint64_t offset, char* to, size_t size) const { return offset <= records_at_ && size <= records_at_ - offset && read_at(fd_, offset, to, size); }

  const std::string& path() const { return path_; }
  uint64_t size() const { return size_; }
  int64_t modified() const { return modified_; }
  uint64_t texts_end() const { return records_at_; }

 private:
  std::string path_;
  int fd_;
  uint64_t size_ = 0, records_at_ = 0;
  int64_t modified_ = 0;
  std::string tail_;
  std::string_view index_;
};

// ---- files

void make_cache_folder(const std::string& folder) {
  for (size_t slash = folder.find('/', 1); slash != std::string::npos; slash = folder.find('/', slash + 1)) ::mkdir(folder.substr(0, slash).c_str(), 0755);
  ::mkdir(folder.c_str(), 0755);
}

static bool write_pieces(int fd, const std::vector<std::string_view>& pieces) {
  std::vector<iovec> rest;
  rest.reserve(pieces.size());
  for (std::string_view piece : pieces) rest.push_back({const_cast<char*>(piece.data()), piece.size()});
  for (size_t first = 0; first < rest.size();) {
    const ssize_t written = ::writev(fd, &rest[first], static_cast<int>(std::min<size_t>(rest.size() - first, IOV_MAX)));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    for (auto left = static_cast<size_t>(written); first < rest.size(); ++first) {
      if (left < rest[first].iov_len) {
        rest[first] = {static_cast<char*>(rest[first].iov_base) + left, rest[first].iov_len - left};
        break;
      }
      left -= rest[first].iov_len;
    }
  }
  return true;
}

bool write_cache_file(const std::string& path, const std::vector<std::string_view>& pieces) {
  static std::atomic<uint64_t> count{0};
  const std::string draft = cat(path, ".new-", static_cast<int64_t>(::getpid()), '-', count.fetch_add(1));
  const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0) return false;
  const bool written = write_pieces(fd, pieces);
  if (::close(fd) == 0 && written && ::rename(draft.c_str(), path.c_str()) == 0) return true;
  ::unlink(draft.c_str());
  return false;
}

static std::vector<std::string> files_in(const std::string& folder, std::string_view prefix, std::string_view suffix) {
  std::vector<std::string> names;
  DIR* const stream = ::opendir(folder.c_str());
  while (const dirent* entry = stream ? ::readdir(stream) : nullptr)
    if (starts_with(entry->d_name, prefix) && ends_with(entry->d_name, suffix) && names.size() < kMostFiles) names.emplace_back(entry->d_name);
  if (stream) ::closedir(stream);
  std::sort(names.begin(), names.end());
  return names;
}

// ---- the store

PackStore::PackStore(std::string folder) : folder_(std::move(folder)) {}

PackStore::~PackStore() = default;

void PackStore::open_packs() const {
  for (const std::string& name : files_in(folder_, "pack-", ".bin")) {
    auto pack = std::make_unique<Pack>(cat(folder_, '/', name));
    if (pack->open()) packs_.push_back(std::move(pack));
    else ::unlink(pack->path().c_str());
  }
  std::stable_sort(packs_.begin(), packs_.end(), [](const auto& a, const auto& b) { return a->modified() > b->modified(); });
}

const std::vector<std::unique_ptr<Pack>>& PackStore::packs() const {
  std::call_once(opened_, [this] {
    if (!folder_.empty()) open_packs();
  });
  return packs_;
}

bool PackStore::has(const Digest& key) const {
  return std::any_of(packs().begin(), packs().end(), [&](const auto& pack) { return pack->is_at(pack->lower_bound(key), key); });
}

std::vector<StoredRecord> PackStore::find(const Digest& key) const {
  std::vector<StoredRecord> found;
  for (const auto& pack : packs())
    for (size_t i = pack->lower_bound(key); pack->is_at(i, key); ++i) {
      const Pack::Entry entry = pack->entry(i);
      if (const auto bytes = pack->record(entry)) found.push_back({*bytes, pack.get(), entry.texts_at});
    }
  return found;
}

void PackStore::add(const Digest& key, std::string record, std::vector<std::string_view> texts) {
  if (!folder_.empty()) additions_.push_back({key, std::move(record), std::move(texts)});
}

namespace {

// Lays out one pack: all texts, then all records, then the index by key.
class PackBuilder {
 public:
  void text(std::string_view piece) {
    texts_.push_back(piece);
    texts_size_ += piece.size();
  }
  void record(const Digest& key, std::string_view bytes, uint64_t texts_at) {
    entries_.push_back({key, bytes, texts_at});
  }
  uint64_t texts_size() const { return texts_size_; }

  bool write(const std::string& folder) {
    std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    std::vector<std::string_view> pieces = std::move(texts_);
    ByteWriter index;
    uint64_t at = 0;
    for (const Entry& e : entries_) {
      index.digest(e.key).number(at).number(static_cast<uint32_t>(e.bytes.size())).number(e.texts_at).digest(sha256(e.bytes));
      pieces.push_back(e.bytes);
      at += e.bytes.size();
    }
    ByteWriter footer;
    const Digest digest = sha256(index.bytes());
    footer.number(texts_size_).number(texts_size_ + at).number(static_cast<uint64_t>(entries_.size())).digest(digest).raw(kMagic);
    pieces.push_back(index.bytes());
    pieces.push_back(footer.bytes());
    make_cache_folder(folder);
    return write_cache_file(cat(folder, "/pack-", digest.hex().substr(0, 32), ".bin"), pieces);
  }

 private:
  struct Entry {
    Digest key;
    std::string_view bytes;
    uint64_t texts_at;
  };
  std::vector<std::string_view> texts_;
  std::vector<Entry> entries_;
  uint64_t texts_size_ = 0;
};

}  // namespace

static void add_to(PackBuilder& builder, const Digest& key, std::string_view record, const std::vector<std::string_view>& texts) {
  builder.record(key, record, builder.texts_size());
  for (std::string_view text : texts) builder.text(text);
}

void PackStore::save() {
  if (additions_.empty() || folder_.empty()) return;
  if (packs().size() + 1 > kMostPacks) return save_merged();
  PackBuilder builder;
  for (const Addition& a : additions_) add_to(builder, a.key, a.record, a.texts);
  builder.write(folder_);
}

// Newest first, and no more than some of each key.
void PackStore::save_merged() {
  PackBuilder builder;
  std::map<Digest, size_t> kept;
  uint64_t size = 0;
  for (const auto& pack : packs()) size += pack->size();
  for (const Addition& a : additions_) {
    add_to(builder, a.key, a.record, a.texts);
    ++kept[a.key];
  }
  std::vector<std::unique_ptr<char[]>> texts;
  for (const auto& pack : packs()) {
    if (size > kLargestStore) break;
    const auto length = static_cast<size_t>(pack->texts_end());
    auto& copy = texts.emplace_back(std::make_unique_for_overwrite<char[]>(length));
    if (!pack->read_texts(0, copy.get(), length)) continue;
    const uint64_t base = builder.texts_size();
    builder.text({copy.get(), length});
    for (size_t i = 0; i < pack->count(); ++i) {
      const Pack::Entry entry = pack->entry(i);
      const auto bytes = pack->record(entry);
      if (bytes && kept[entry.key]++ < kMostOfOneKey) builder.record(entry.key, *bytes, base + entry.texts_at);
    }
  }
  if (!builder.write(folder_)) return;
  for (const auto& pack : packs()) ::unlink(pack->path().c_str());
}

std::string_view PackedText::text() const {
  if (text_) return {text_.get(), size()};
  auto text = std::make_unique_for_overwrite<char[]>(size());
  if (!pack_->read_texts(offset_, text.get(), size()) || sha256({text.get(), size()}) != digest()) {
    store_->break_off();
    return {};
  }
  text_ = std::move(text);
  return {text_.get(), size()};
}

}  // namespace isvcc
