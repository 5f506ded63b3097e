#pragma once
// --report FORMAT=FILE.
#include <string>

#include "driver/commands/findings.h"

namespace isvcc {

// Writes one report; sets `text_shown` when it was the text form on a terminal stream. False, reported, when the format is unknown or
// the file cannot be written.
bool write_report(const std::string& wanted, const Findings& findings, bool& text_shown);

}  // namespace isvcc
