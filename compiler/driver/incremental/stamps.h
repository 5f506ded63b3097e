#pragma once
// What files looked like when their content was last known: sources by the project they belong to, outputs by their folder. A file of
// the cache that is damaged or missing costs time, nothing else.
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  // Null when nothing is known of the file.
  const SourceStamp* find(std::string_view name) const {
    const auto found = rows_.find(name);
    return found == rows_.end() ? nullptr : &found->second;
  }
  size_t size() const { return rows_.size(); }

 private:
  friend SourceStamps load_source_stamps(const std::string& path);
  CacheFile file_;  // that names point into
  std::unordered_map<std::string_view, SourceStamp> rows_;
};

SourceStamps load_source_stamps(const std::string& path);
void save_source_stamps(const std::string& path, const std::vector<std::pair<std::string_view, SourceStamp>>& stamps);

// `file` outlives it. Nothing when the file is damaged.
std::optional<OutputMemory> load_output_memory(const CacheFile& file);
// The seal of the file.
Digest save_output_memory(const std::string& path, const OutputMemory& memory);

}  // namespace isvcc
