#pragma once
// What earlier runs left in an output folder: a file that still looks as it was left need not be read again. Knows only what it is told.
#include <map>
#include <string>
#include <string_view>

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

  // Null when nothing is known.
  const Written* find(const std::string& path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
  }
  void note(const std::string& path, const Written& written) {
    const auto [at, fresh] = files_.try_emplace(path, written);
    if (!fresh && at->second == written) return;
    at->second = written;
    changed_ = true;
  }
  // In the order of paths, before anything else is known.
  void restore(std::string_view path, const Written& written) { files_.emplace_hint(files_.end(), path, written); }
  void forget(const std::string& path) { changed_ = files_.erase(path) > 0 || changed_; }
  // Since it was made or last called so.
  bool changed() const { return changed_; }
  void is_kept() { changed_ = false; }
  const std::map<std::string, Written>& all() const { return files_; }

 private:
  std::map<std::string, Written> files_;
  bool changed_ = false;
};

}  // namespace isvcc
