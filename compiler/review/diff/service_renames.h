#pragma once
// Services that got another name or moved to another namespace: to a cluster one is deleted and one is made, to a reviewer they are one.
#include <vector>

#include "review/diff/report.h"

namespace isvcc::diff {

// Fills `renamed_from` and `renamed_to` of services that are on one side only.
void find_renamed_services(std::vector<ServiceChange>& services);

}  // namespace isvcc::diff
