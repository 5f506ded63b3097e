#pragma once
// --provenance: where each line of the output comes from, as comments or in files beside it.
#include "driver/commands/session.h"
#include "emit/output_file.h"

namespace isvcc {

// Then the session has to keep its trees.
bool wants_provenance(const Options& options);

// comments: every line that begins a value ends with its place in the sources, or the pass that made it. sidecar: beside every file a
// FILE.provenance with line, object, path and origin, separated by tabs; no GitOps tool reads files with that ending.
void add_provenance(const Options& options, const Session& session, std::vector<OutputFile>& files);

}  // namespace isvcc
