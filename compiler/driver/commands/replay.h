#pragma once
// Builds after an earlier one of the same output: one whose sources, settings and output are what they were is told again, not done again.
#include <optional>
#include <string>
#include <vector>

#include "driver/commands/last_run.h"
#include "driver/commands/session.h"
#include "driver/incremental/sealed_file.h"
#include "emit/output_tree.h"

namespace isvcc {

// The last build of an output, asked for with the same settings, and what changed since.
struct LastBuild {
  CacheFile file;  // that `run` points into
  LastRun run;
  std::vector<uint32_t> changed;  // sources with another content; which files there are did not change
};

// Nothing when everything has to be done.
std::optional<LastBuild> find_last_build(const Options& options, const Session& session);

// The exit code, after everything was told; nothing when there is something to be done. `output`: as for write_tree().
std::optional<int> replay_build(const Options& options, const Session& session, const LastBuild& last, const OutputOptions& output);

}  // namespace isvcc
