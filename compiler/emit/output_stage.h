#pragma once
// The fast and atomic way: the whole new tree is made beside the output, unchanged and foreign files as hard links, and
// takes its place in one step (renameat2 with RENAME_EXCHANGE). At every moment the output is the old tree or the new one.
#include "emit/output_place.h"
#include "emit/output_plan.h"

namespace isvcc {

enum class Staging {
  Done,
  NotPossible,  // this file system or this content cannot be staged: write in place; nothing is left behind
  Failed,       // the old tree is untouched
  Stopped,      // a signal came; the old tree is untouched
};

struct StageOptions {
  bool durable = false;
  size_t threads = 1;
};

Staging stage_output(const OutputPlace& place, OutputPlan& plan, const StageOptions& options, const StopSignals::Hold& hold, IoFailure& failure);

// Takes away what a run that was killed left beside the output.
bool remove_stage(const OutputPlace& place, IoFailure& failure);

}  // namespace isvcc
