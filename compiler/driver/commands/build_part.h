#pragma once
// A build after an earlier one of the same output, where few service files changed: only those are compiled and written; what the others came
// to stays, and their findings are told as they were found then.
#include <optional>

#include "driver/commands/build.h"
#include "driver/commands/replay.h"

namespace isvcc {

// The exit code, after everything was written and told; nothing, with nothing done, when that is not enough. `compiled`: as of BuildHooks.
std::optional<int> build_part(const Options& options, LastBuild& last, Session& session, const OutputOptions& output, const TellSessions& compiled);

}  // namespace isvcc
