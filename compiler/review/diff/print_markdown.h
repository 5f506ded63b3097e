#pragma once
// The report as comments of a pull request: the summary first, then one collapsible block for each service, cut into as many parts as
// the size of a comment demands. No part ends inside a block.
#include <string>
#include <vector>

#include "review/diff/report.h"

namespace isvcc::diff {

struct MarkdownOptions {
  size_t most_characters = 65'536;  // of one part, counted as the forges do (UTF-16); 0: no limit
  size_t most_parts = 0;            // what comes later is counted only; 0: no limit
  std::string marker = "isvcc-diff";  // finds the comments of an earlier run again
  std::string full_report;            // where everything is to be found, told when something is left out
};

// At least one part. Each begins with "<!-- MARKER part 1/2 -->".
std::vector<std::string> print_markdown(const Report& report, const MarkdownOptions& options);

}  // namespace isvcc::diff
