#pragma once
// Whether an unquoted YAML scalar would be read as text by the YAML 1.1 rules that Kubernetes uses. For the writer only:
// it answers yes or no and never computes a value (reading is load's work).
#include <string_view>

namespace isvcc {

// False for what reads as null, a boolean, a number or a time, and for base 60 notation, which other readers take for a
// number. Mirrors resolve() and isBase60Float() of go-yaml v2.
bool reads_as_text(std::string_view plain);

}  // namespace isvcc
