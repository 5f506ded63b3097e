#pragma once
// Waivers: the annotation `isvcc.dev/allow` of an object takes back warnings about it, each with a reason and, if wanted, a last day:
//   isvcc.dev/allow: |
//     W0901 the operator creates the secret (until 2027-01-31)
// Errors cannot be waived. The annotation is isvcc's own and never rendered.
#include "driver/pipeline.h"

namespace isvcc {

inline constexpr std::string_view kAllowAnnotation = "isvcc.dev/allow";

// The object without isvcc's own annotations and those that `drop` names, if there is one.
const Node* without_own_annotations(View object, bool (*drop)(std::string_view), Arena& arena);

// Removes waived findings and reports waivers that cannot be used. `today` is YYYY-MM-DD.
void apply_waivers(Compilation& out, std::string_view today);

// The current day, or that of SOURCE_DATE_EPOCH.
std::string today();

}  // namespace isvcc
