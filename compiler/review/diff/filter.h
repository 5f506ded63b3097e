#pragma once
// Differences that nobody wants to read: by kind, by path, by value. What is left out is counted.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "review/diff/change.h"

namespace isvcc::diff {

struct FilterOptions {
  std::vector<std::string> kinds;   // "HTTPRoute"
  std::vector<std::string> paths;   // "metadata.annotations[*]", "Deployment:spec.replicas"; '*' is any text; all below is meant, too
  std::vector<std::string> values;  // regular expressions: values that differ only in what they match are equal
};

class Filter {
 public:
  // Nothing is left out until patterns are added.
  Filter();
  Filter(Filter&&) noexcept;
  Filter& operator=(Filter&&) noexcept;
  ~Filter();

  // False and `error` when a regular expression is not valid.
  bool add(const FilterOptions& options, std::string& error);
  bool ignores_kind(std::string_view kind) const;
  bool ignores(const Change& change, std::string_view kind) const;

 private:
  struct Patterns;
  std::unique_ptr<Patterns> patterns_;
};

// Whether `pattern` ('*' is any text) is the whole of `path` or of what stands above it.
bool path_matches(std::string_view pattern, std::string_view path);

}  // namespace isvcc::diff
