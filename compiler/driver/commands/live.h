#pragma once
// isvcc verify --live FILE: what isvcc renders against what a cluster holds.
#include "driver/options.h"

namespace isvcc {

int run_verify_live(const Options& options);

}  // namespace isvcc
