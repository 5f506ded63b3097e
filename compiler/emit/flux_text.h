#pragma once
// What Flux would change of a text when a Kustomization has a postBuild: it replaces ${…} by a variable and $$ by $, and nothing else.
#include <string_view>

namespace isvcc {

inline bool flux_replaces(std::string_view text) { return text.find("${") != std::string_view::npos || text.find("$$") != std::string_view::npos; }

}  // namespace isvcc
