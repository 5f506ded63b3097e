#pragma once
// Records and their texts in a folder that several processes may use at once. A pack is written beside its place, renamed into it and
// never changed; whatever is missing, cut short or damaged in one costs time, nothing else. Knows nothing of what records mean.
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "emit/stored_text.h"

namespace isvcc {

class Pack;

// A record's bytes, which stay as long as the store, and where its texts lie.
struct StoredRecord {
  std::string_view bytes;
  const Pack* pack = nullptr;
  uint64_t texts = 0;
};

class PackStore {
 public:
  // An empty folder: nothing is found and nothing kept.
  explicit PackStore(std::string folder);
  ~PackStore();
  PackStore(const PackStore&) = delete;
  PackStore& operator=(const PackStore&) = delete;

  bool has(const Digest& key) const;
  // The undamaged records of this key, newest first: a file may have come to different things while its surroundings changed.
  // For several threads.
  std::vector<StoredRecord> find(const Digest& key) const;
  // Some text that was to be fetched is not what it was: nothing that was made with it may be used.
  bool broken() const { return broken_; }
  void break_off() const { broken_ = true; }

  // To be kept by save(). The texts are views that stay until then.
  void add(const Digest& key, std::string record, std::vector<std::string_view> texts);
  // Writes what was added; puts small packs together when there are many, and starts anew when there is too much.
  void save();

 private:
  struct Addition {
    Digest key;
    std::string record;
    std::vector<std::string_view> texts;
  };
  const std::vector<std::unique_ptr<Pack>>& packs() const;  // opened when they are first asked for
  void open_packs() const;
  void save_merged();

  std::string folder_;
  mutable std::once_flag opened_;
  mutable std::vector<std::unique_ptr<Pack>> packs_;
  std::vector<Addition> additions_;
  mutable std::atomic<bool> broken_{false};
};

// A text of a record, read and compared with its digest when it is asked for.
class PackedText : public StoredText {
 public:
  PackedText(const PackStore& store, const StoredRecord& record, uint64_t offset, size_t size, const Digest& digest)
      : StoredText(size, digest), store_(&store), pack_(record.pack), offset_(record.texts + offset) {}
  std::string_view text() const override;

 private:
  const PackStore* store_;
  const Pack* pack_;
  uint64_t offset_;
  mutable std::unique_ptr<char[]> text_;
};

// A file of the cache, replaced as a whole. False when it could not be written: nothing is left behind then.
bool write_cache_file(const std::string& path, const std::vector<std::string_view>& pieces);
// Makes the folder and those above it.
void make_cache_folder(const std::string& folder);

}  // namespace isvcc
