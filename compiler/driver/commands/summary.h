#pragma once
// The line at the end of a build or check, and --stats.
#include <string>
#include <vector>

#include "driver/commands/session.h"
#include "emit/output_tree.h"

namespace isvcc {

// What a run came to, in numbers.
struct Summary {
  std::vector<std::string> assumptions;
  uint64_t services = 0, objects = 0, runtimes_used = 0, errors = 0, warnings = 0;
};
Summary summary_of(const Session& session);

// On stderr, unless --quiet. `written` is null when nothing was written.
void print_summary(const Options& options, const std::string& cluster, const Summary& summary, double milliseconds, const OutputResult* written);
// With the table of --stats. `written` is null when nothing was written.
void print_summary(const Options& options, const Session& session, const OutputResult* written);

}  // namespace isvcc
