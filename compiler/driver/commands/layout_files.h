#pragma once
// What a session renders as the files of its project's layout.
#include "driver/commands/session.h"
#include "emit/layouts.h"

namespace isvcc {

std::vector<LayoutObject> layout_objects(const std::vector<Manifest>& manifests);

// The texts live in the session's memory.
std::vector<OutputFile> layout_files(Session& session);

}  // namespace isvcc
