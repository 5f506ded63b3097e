#pragma once
// What several report formats share: a finding's words on one or several lines, its identity across runs.
#include <vector>

#include "diag/places.h"
#include "diag/render.h"

namespace isvcc {

// "InferenceService ml/iris", "ClusterServingRuntime sk"; empty when the finding is about no object.
std::string object_words(const ObjectRef& object);

// Safe to print, cut after 4 KiB.
std::string shown(std::string_view text);

// "cluster prod", "clusters prod, staging"; empty when the run has none.
std::string cluster_words(const Diagnostic& d);

// The message, then what KServe says, then what to do, joined by `separator`. Nothing in it can move a cursor or end a line.
std::string all_words(const Diagnostic& d, std::string_view separator);

// A hash that stays the same when lines move: of code, object, path and file, with the message where these do not tell
// findings apart. Equal findings of one run are numbered.
class Fingerprints {
 public:
  std::string of(const Diagnostic& d, std::string_view file);

 private:
  std::map<std::string, size_t> seen_;
};

// Errors first, each group in the order given.
std::vector<const Diagnostic*> errors_first(const std::deque<Diagnostic>& diags);

}  // namespace isvcc
