#pragma once
// Where the report of `isvcc diff` goes: standard output, through a pager on a terminal, or files.
#include "driver/commands/session.h"
#include "review/diff/report.h"

namespace isvcc {

// Formats of --format: text, markdown, json, html. False, already reported, when something cannot be written.
bool write_diff(const Options& options, const diff::Report& report, const std::string& format);

// Shows text on standard output; on a terminal through $PAGER (`less -FRX`) unless --no-pager is given.
bool show(const Options& options, const std::string& text);

}  // namespace isvcc
