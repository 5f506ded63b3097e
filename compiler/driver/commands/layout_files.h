#pragma once
// What a session renders as the files of its project's layout.
#include "driver/commands/session.h"
#include "emit/layouts.h"

namespace isvcc {

std::vector<LayoutObject> layout_objects(const std::vector<Manifest>& manifests);

// The texts live in the session's memory. Notes what is large for Argo CD.
std::vector<OutputFile> layout_files(Session& session);

// The folder of an application in a layout: "fraud" of "fraud/iris.yaml", "fraud" of "fraud.yaml", nothing for a file of all.
std::string_view app_of(std::string_view path, Layout layout);

}  // namespace isvcc
