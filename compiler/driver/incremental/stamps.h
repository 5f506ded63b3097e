#pragma once
// What files looked like when their content was last known: sources by the project they belong to, outputs by their folder. A file of
// the cache that is damaged or missing costs time, nothing else.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "driver/incremental/sealed_file.h"
#include "emit/output_memory.h"

namespace isvcc {

struct SourceStamp {
  FileStamp stamp;
  Digest content;
};

class SourceStamps {
 public:
  // Null when nothing is known of the file. `place`: where it may stand among the others.
  const SourceStamp* find(std::string_view name, size_t place) const {
    if (place < rows_.size() && rows_[place].name == name) return &rows_[place].known;
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), name, [](const Row& row, std::string_view wanted) { return row.name < wanted; });
    return at == rows_.end() || at->name != name ? nullptr : &at->known;
  }
  size_t size() const { return rows_.size(); }

 private:
  friend SourceStamps load_source_stamps(const std::string& path);
  struct Row {
    std::string_view name;
    SourceStamp known;
  };
  CacheFile file_;  // that names point into
  std::vector<Row> rows_;  // by name
};

SourceStamps load_source_stamps(const std::string& path);
// In the order of names.
void save_source_stamps(const std::string& path, const std::vector<std::pair<std::string_view, SourceStamp>>& stamps);

// `file` outlives it. Nothing when the file is damaged.
std::optional<OutputMemory> load_output_memory(const CacheFile& file);
// The seal of the file.
Checksum save_output_memory(const std::string& path, const OutputMemory& memory);

}  // namespace isvcc
