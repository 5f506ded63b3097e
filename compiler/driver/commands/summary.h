#pragma once
// The line at the end of a build or check, and --stats.
#include "driver/commands/session.h"
#include "emit/output_tree.h"

namespace isvcc {

// On stderr, unless --quiet. `written` is null when nothing was written.
void print_summary(const Options& options, const Session& session, const OutputResult* written);

}  // namespace isvcc
