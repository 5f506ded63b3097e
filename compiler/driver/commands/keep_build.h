#pragma once
// What a build leaves for the next one of its output: driver/commands/last_run.h.
#include <vector>

#include "driver/commands/last_run.h"
#include "driver/commands/session.h"
#include "emit/output_tree.h"

namespace isvcc {

// Whether a build of these options and this session can be known by its sources and its output alone.
bool may_be_kept(const Options& options, const Session& session);

// Everything a build is asked but the sources: another program, other options, or another day, when waivers expire, make another one.
Digest settings_of(const Options& options, const Session& session);

// Saves the session's memory, as save_memory() does, and the build. That is not kept when somebody else changed a file of the output right
// after it was written.
void keep_build(const Options& options, Session& session, const std::vector<OutputFile>& files, const Told& told, const OutputResult& written, int code);

// The same of a build that did only some sources anew, whose parts are `parts`. `run`: what it was asked and told; the rest is found out.
void keep_part(Session& session, LastRun run, const PartList& parts, const OutputResult& written);

}  // namespace isvcc
