#pragma once
// The sources before anything of them is parsed: which there are and what they hold, so that a build can see what changed since another.
#include <memory>
#include <optional>
#include <vector>

#include "base/sha256.h"
#include "load/walk.h"

namespace isvcc {

struct SourcesNow {
  std::shared_ptr<const Walk> walk;
  std::vector<Digest> contents;  // of each file of the walk
};

// With LoadOptions.known, which spares reading most of them. Nothing where that cannot be told from names and contents alone (Jsonnet,
// standard input, something to report), or where many files would have to be read.
std::optional<SourcesNow> look_at_sources(const LoadOptions& options);

}  // namespace isvcc
