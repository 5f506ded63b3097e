#pragma once
// Where the report of `isvcc diff` goes: standard output, through a pager on a terminal, or files.
#include "driver/commands/session.h"
#include "review/diff/report.h"

namespace isvcc {

// Formats of --format: text, markdown, json, html. False, already reported, when something cannot be written.
bool write_diff(const Options& options, const diff::Report& report, const std::string& format);

// --ignore-kind, --ignore-path and --ignore-value. False, already reported, for a pattern that cannot be read.
bool read_filters(const Options& options, diff::Filter& filter);

// The exit code of a comparison: 0 unless `asked`; then 1 for differences and 2 for new errors, which hide what would run. Equal
// repositories are equal whatever their errors are.
int diff_answer(bool asked, const diff::Report& report);

// Shows text on standard output; on a terminal through $PAGER (`less -FRX`) unless --no-pager is given.
bool show(const Options& options, const std::string& text);

}  // namespace isvcc
