#pragma once
// The report for a terminal: the verdict first, then what nobody may miss, what many services share, and each service by itself.
#include <string>

#include "review/diff/report.h"

namespace isvcc::diff {

struct TextOptions {
  bool color = false;
};
std::string print_text(const Report& report, const TextOptions& options);

}  // namespace isvcc::diff
