#pragma once
// The report as JSON for other programs: docs/diff-json.md says what every member means. Members are added, never changed or removed,
// while "schema" stays the same.
#include <string>

#include "review/diff/report.h"

namespace isvcc::diff {

inline constexpr std::string_view kDiffSchema = "isvcc.dev/diff/v1";

std::string print_json(const Report& report);

}  // namespace isvcc::diff
