#pragma once
// The report as one page that needs nothing else: no network, no other files. Search, filters by effect, namespace, runtime and kind,
// values side by side. Everything that comes from a repository is data to the page, never markup or script.
#include <string>

#include "review/diff/report.h"

namespace isvcc::diff {

std::string print_html(const Report& report);

}  // namespace isvcc::diff
