#pragma once
// The recorded facets that fixtures/DIFFERENCES.md overrides, read from its table lines `| area/case | facet | … |`.
#include <set>
#include <string>

#include "base/text.h"
#include "support/files.h"

namespace isvcc::test {

inline bool is_agreed_difference(const std::string& area, const std::string& name, const std::string& facet) {
  static const std::set<std::string> agreed = [] {
    std::set<std::string> rows;
    const std::string text = fixture("DIFFERENCES.md");
    for (std::string_view line : split(text, '\n')) {
      const auto cells = split(line, '|');
      if (cells.size() < 4) continue;
      for (std::string_view f : split(trim(cells[2]), ' ')) rows.insert(cat(trim(cells[1], " `"), "#", f));
    }
    return rows;
  }();
  return agreed.count(cat(area, "/", name, "#", facet)) > 0;
}

}  // namespace isvcc::test
