#pragma once
// A folder with other texts in place of some of its files: what it would be after an edit.
#include <map>

#include "load/file_system.h"

namespace isvcc {

using FileTexts = std::map<std::string, std::string, std::less<>>;  // by path

class OverlayFiles : public FileSystem {
 public:
  OverlayFiles(std::shared_ptr<const FileSystem> below, const FileTexts& texts) : below_(std::move(below)), texts_(texts) {}

  FileText read(std::string_view path, uint64_t max_bytes) const override {
    const auto own = texts_.find(path);
    if (own == texts_.end()) return below_->read(path, max_bytes);
    if (own->second.size() > max_bytes) return {FileStatus::TooLarge, {}, {}};
    return {FileStatus::Good, own->second, {}};
  }
  FolderList list(std::string_view folder) const override { return below_->list(folder); }
  FilePlace locate(std::string_view path) const override { return below_->locate(path); }
  FileText read_input(uint64_t max_bytes) const override { return below_->read_input(max_bytes); }

 private:
  std::shared_ptr<const FileSystem> below_;
  const FileTexts& texts_;  // kept alive by the owner
};

}  // namespace isvcc
