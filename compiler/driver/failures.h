#pragma once
// A controller failure as a diagnostic in our own words, with KServe's text beside it.
#include "driver/pipeline.h"

namespace isvcc {

void report_failure(const Failure& failure, const Object& object, const ServicePlan* plan, const RuntimeIndex& runtimes, Scratch& scratch);

}  // namespace isvcc
