#pragma once
// The sources before anything of them is parsed: which there are and what they hold, so that a build can see what changed since another.
#include <memory>
#include <optional>
#include <vector>

#include "base/sha256.h"
#include "load/walk.h"

namespace isvcc {

// The walk of a load. Null when there is something to report: the load has to make it, then.
std::shared_ptr<Walk> walk_in_advance(const LoadOptions& options);

// What each file of LoadOptions.walk holds, with LoadOptions.known, which spares reading most of them; notes their stamps in the walk. Nothing
// where that cannot be told from names and contents alone (Jsonnet, standard input), or where many files would have to be read.
std::optional<std::vector<Digest>> contents_of_sources(const LoadOptions& options);

}  // namespace isvcc
