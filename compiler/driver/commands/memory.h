#pragma once
// --cache DIR of builds: lends a session the memory of earlier ones and gives back what was found out.
#include <vector>

#include "driver/commands/session.h"
#include "emit/output_tree.h"

namespace isvcc {

// Before compiling. Does nothing without --cache and where nothing can be remembered.
void attach_memory(const Options& options, Session& session);

// Where attach_memory() does something: which sources there are, before anything of them is read. May run beside it.
void walk_sources(Session& session);

// Options and project file, but for what changes neither a file nor what is told of it.
std::string all_settings(const Options& options, const Session& session);

// Before findings are reported: reads the sources that were left out and that findings point into.
void fetch_sources(const Options& options, Session& session);

// Before anything is printed or written: fetches the texts that are surely needed. False when the memory turns out to be damaged:
// the build has to start again without it.
bool fetch_texts(const std::vector<OutputFile>& files, Session& session);

// After everything.
void save_memory(Session& session);

}  // namespace isvcc
