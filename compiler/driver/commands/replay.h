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

// The last build of an output, and what changed since.
struct LastBuild {
  CacheFile file, parts_file;  // that the others point into
  LastRun run;
  std::optional<LastParts> parts;
  std::optional<bool> findings_fine;  // once those of the parts were read
  std::vector<uint32_t> changed;  // sources with another content; which files there are did not change

  // Nothing when they are damaged or of another run.
  std::optional<LastParts>& read_parts(const Session& session);
  // After the parts, where there are some. False when they are damaged.
  bool read_findings();
};

// After the memory is attached. Nothing when there is none that could tell anything.
std::optional<LastBuild> read_last_build(const Options& options, const Session& session);

// After the walk: what changed. False when everything has to be done: it was another question, or there are other files.
bool compare_with_now(const Options& options, const Session& session, LastBuild& last);

// The exit code, after everything was told; nothing when there is something to be done. `output`: as for write_tree().
std::optional<int> replay_build(const Options& options, const Session& session, const LastBuild& last, const OutputOptions& output);

}  // namespace isvcc
