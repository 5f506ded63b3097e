#pragma once
// A folder whose standard input has been read already: for commands that must look into it before the sources are loaded.
#include "load/file_system.h"

namespace isvcc {

class GivenInput : public FileSystem {
 public:
  GivenInput(std::shared_ptr<const FileSystem> folder, std::string_view input) : folder_(std::move(folder)), input_(input) {}

  FileText read(std::string_view path, uint64_t max_bytes) const override { return folder_->read(path, max_bytes); }
  FolderList list(std::string_view folder) const override { return folder_->list(folder); }
  FilePlace locate(std::string_view path) const override { return folder_->locate(path); }
  FileText read_input(uint64_t max_bytes) const override {
    if (input_.size() > max_bytes) return {FileStatus::TooLarge, {}, {}};
    return {FileStatus::Good, std::string(input_), {}};
  }

 private:
  std::shared_ptr<const FileSystem> folder_;
  std::string_view input_;  // kept alive by the owner
};

}  // namespace isvcc
