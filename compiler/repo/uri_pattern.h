#pragma once
// Go regular expressions over URIs. Patterns come from ClusterStorageContainers: few, and asked about for every service, so each thread
// keeps the compiled ones.
#include <string>
#include <string_view>

namespace isvcc {

struct PatternResult {
  bool found = false;
  std::string error;  // Go's text for a pattern that does not compile: "error parsing regexp: missing closing ]: `[`"
};

// Whether `pattern` matches anywhere in `text` (Go's regexp.MatchString).
PatternResult find_pattern(std::string_view pattern, std::string_view text);

}  // namespace isvcc
