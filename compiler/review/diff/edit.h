#pragma once
// What two texts do not have in common, cut where words end: "s3://models/de/[2026-11]" and "s3://models/de/[2026-12]".
#include <optional>
#include <string_view>

#include "review/diff/change.h"

namespace isvcc::diff {

struct Edit {
  std::string_view head, before, after, tail;
};

// Nothing when there is nothing around the difference, or when the values are no single lines of text.
std::optional<Edit> edit_of(const Change& change);

}  // namespace isvcc::diff
