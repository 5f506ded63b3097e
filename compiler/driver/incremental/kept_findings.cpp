#include "driver/incremental/kept_findings.h"

#include <unordered_map>

namespace isvcc {

KeptFindings::KeptFindings(const std::deque<Diagnostic>& findings, const Sources& sources) : count_(static_cast<uint32_t>(findings.size())) {
  std::unordered_map<FileId, FileId> numbers = {{0, 0}};
  auto number = [&](FileId file) {
    const auto [at, fresh] = numbers.try_emplace(file, static_cast<FileId>(files_.size() + 1));
    if (fresh) files_.push_back(sources.get(file).name);
    return at->second;
  };
  rows_.reserve(400 * findings.size());
  for (const Diagnostic& d : findings) write_finding(d, rows_, number);
}

}  // namespace isvcc
