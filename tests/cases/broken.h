#pragma once
// Broken inputs under fixtures/broken: the whole text isvcc prints for each is part of the recording.
#include <string>

#include "support/txtar.h"

namespace isvcc::test {

// What `isvcc check` prints about the case, as on a terminal without colour.
std::string findings_of(const Archive& archive);

}  // namespace isvcc::test
