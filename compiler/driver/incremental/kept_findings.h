#pragma once
// The findings of a run as bytes, for the next one: they outlive the sources that they point into.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "driver/incremental/record.h"

namespace isvcc {

class KeptFindings {
 public:
  KeptFindings() = default;
  // `sources` outlives it.
  KeptFindings(const std::deque<Diagnostic>& findings, const Sources& sources);

  // As write_finding() writes them, with numbers of `files()`.
  const std::string& rows() const { return rows_.bytes(); }
  uint32_t count() const { return count_; }
  const std::vector<std::string_view>& files() const { return files_; }

 private:
  ByteWriter rows_;
  uint32_t count_ = 0;
  std::vector<std::string_view> files_;
};

}  // namespace isvcc
