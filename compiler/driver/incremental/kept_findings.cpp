#include "driver/incremental/kept_findings.h"

#include <algorithm>

namespace isvcc {

KeptFindings::KeptFindings(const std::vector<FileFacts>& sources, const std::vector<FileId>& others, const std::vector<std::string_view>& names) : others_(names) {
  for (const FileFacts& source : sources) set_number(source.file);
  for (FileId other : others) set_number(other);
}

void KeptFindings::set_number(FileId file) {
  if (file >= numbers_.size()) numbers_.resize(std::max<size_t>(file + 1, 2 * numbers_.size()));
  numbers_[file] = ++files_;
}

void KeptFindings::add(std::string_view row) {
  ++count_;
  if (!kept_.empty() && kept_.back().data() + kept_.back().size() == row.data()) kept_.back() = {kept_.back().data(), kept_.back().size() + row.size()};
  else kept_.push_back(row);
}

void KeptFindings::add(const Diagnostic& finding, const Sources& sources) {
  ++count_;
  write_finding(finding, fresh_, [&](FileId file) {
    if (file != 0 && (file >= numbers_.size() || numbers_[file] == 0)) {
      set_number(file);
      others_.push_back(sources.get(file).name);
    }
    return numbers_[file];
  });
}

std::vector<std::string_view> KeptFindings::rows() const {
  std::vector<std::string_view> rows = kept_;
  rows.push_back(fresh_.bytes());
  return rows;
}

}  // namespace isvcc
