#pragma once
// What isvcc knows to differ between two KServe releases, in words: the table kserve/features.def read aloud. What it means for a
// repository is found by compiling it for both.
#include <string>
#include <vector>

#include "kserve/releases.h"

namespace isvcc {

struct ReleaseDifference {
  bool gained = false;      // the behaviour of the second release; else of the first
  std::string_view words;
};

std::vector<ReleaseDifference> release_differences(Release from, Release to);

// The differences as a list for a terminal, empty when there are none.
std::string release_notes(Release from, Release to);

}  // namespace isvcc
