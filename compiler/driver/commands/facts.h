#pragma once
// A compilation as review/ sees it, and what the commands that answer questions share.
#include "driver/commands/session.h"
#include "review/facts.h"

namespace isvcc {

Facts facts_of(const Compilation& compilation);

// The value of --format, the first of `known` when absent. Nothing, already reported, for any other.
std::optional<std::string> output_format(const Options& options, const std::vector<std::string_view>& known);

// The end of a command that answers a question: errors are reported, warnings only where --report asks for them.
int finish_answer(const Options& options, Session& session);

}  // namespace isvcc
