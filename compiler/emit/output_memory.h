#pragma once
// What earlier runs left in an output folder: a file that still looks as it was left need not be read again. Knows only what it is told.
#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_stamp.h"
#include "base/sha256.h"

namespace isvcc {

class OutputMemory {
 public:
  struct Written {
    Digest key;      // of its text: OutputText::key()
    Digest content;  // SHA-256 of its text
    FileStamp stamp; // with nothing but the size when the file was written too recently to be known again by its times
    bool operator==(const Written&) const = default;
  };
  struct Row {
    std::string_view path;
    Written written;
  };

  // Null when nothing is known.
  const Written* find(std::string_view path) const {
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), path, comes_before);
    return at == rows_.end() || at->path != path ? nullptr : &at->written;
  }
  void note(std::string_view path, const Written& written) {
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), path, comes_before);
    const bool known = at != rows_.end() && at->path == path;
    if (known && at->written == written) return;
    if (known) at->written = written;
    else rows_.insert(at, {paths_.emplace_back(path), written});
    changed_ = true;
  }
  // In the order of paths, before anything else is known. `path` outlives it.
  void restore(std::string_view path, const Written& written) { rows_.push_back({path, written}); }
  void forget(std::string_view path) {
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), path, comes_before);
    if (at == rows_.end() || at->path != path) return;
    rows_.erase(at);
    changed_ = true;
  }
  // Since it was made.
  bool changed() const { return changed_; }
  // By path.
  const std::vector<Row>& all() const { return rows_; }

 private:
  static bool comes_before(const Row& row, std::string_view path) { return row.path < path; }

  std::vector<Row> rows_;
  std::deque<std::string> paths_;  // of those that were noted
  bool changed_ = false;
};

}  // namespace isvcc
