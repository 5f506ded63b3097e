#pragma once
// The findings of a run as bytes, for the next one: they outlive the sources that they point into.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "driver/incremental/record.h"
#include "load/known_files.h"

namespace isvcc {

// Files are numbers here, from 1: first the sources in their order, then `others`.
class KeptFindings {
 public:
  KeptFindings() = default;
  // The rows of an earlier run that had the same sources, and the files besides them in its order. Rows and names outlive it.
  KeptFindings(const std::vector<FileFacts>& sources, const std::vector<FileId>& others, const std::vector<std::string_view>& names);

  // As an earlier run kept it.
  void add(std::string_view row);
  // `sources` outlives it.
  void add(const Diagnostic& finding, const Sources& sources);

  // The rows, as write_finding() writes them: those that were kept already, then those that were not.
  std::vector<std::string_view> rows() const;
  uint32_t count() const { return count_; }
  const std::vector<std::string_view>& others() const { return others_; }

 private:
  void set_number(FileId file);

  std::vector<std::string_view> kept_;  // rows, joined where they lie side by side
  ByteWriter fresh_;
  uint32_t count_ = 0, files_ = 0;
  std::vector<uint32_t> numbers_ = {0};  // by FileId
  std::vector<std::string_view> others_;
};

}  // namespace isvcc
