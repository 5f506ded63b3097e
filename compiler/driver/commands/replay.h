#pragma once
// A build whose sources, settings and output are what they were after an earlier one: it is told again, not done again.
#include <optional>

#include "driver/commands/reports.h"
#include "driver/commands/session.h"
#include "emit/output_tree.h"

namespace isvcc {

// The exit code, after everything was told; nothing when the build has to be done. `output`: as for write_tree().
std::optional<int> replay_build(const Options& options, Session& session, const OutputOptions& output);

// Keeps what a build came to. After its memory was saved.
void keep_build(const Options& options, const Session& session, const Told& told, const OutputResult& written, int code);

}  // namespace isvcc
