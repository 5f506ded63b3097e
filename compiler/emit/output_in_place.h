#pragma once
// The way for folders that cannot be exchanged as a whole (mount points, foreign owners, file systems without hard links
// or RENAME_EXCHANGE): all new files are made inside the output first, then a journal says what is to become of them,
// then they are renamed one by one. A run that is killed after the journal stands is finished by the next one.
#include "emit/output_place.h"
#include "emit/output_plan.h"

namespace isvcc {

enum class InPlace { Done, Failed, Stopped };

InPlace write_in_place(const OutputPlace& place, OutputPlan& plan, bool durable, const StopSignals::Hold& hold, IoFailure& failure);

// Finishes or takes back what a killed run left inside the output; `folder` is the output folder. A journal that isvcc
// did not write fails with EBADMSG and is left alone.
bool recover_in_place(int folder, IoFailure& failure);

}  // namespace isvcc
