#include "load/git/repository.h"

namespace isvcc::git {

static std::string or_head(const std::string& revision) { return revision.empty() ? "HEAD" : revision; }

Range read_range(const std::string& text) {
  const size_t dots = text.find("..");
  if (dots == std::string::npos) return {or_head(text), std::nullopt, false};
  const bool three = text.compare(dots, 3, "...") == 0;
  return {or_head(text.substr(0, dots)), or_head(text.substr(dots + (three ? 3 : 2))), three};
}

}  // namespace isvcc::git
