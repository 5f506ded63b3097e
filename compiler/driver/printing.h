#pragma once
// Objects as text while their trees are still at hand, and what is kept of a service whose memory is given up.
#include "driver/pipeline.h"
#include "emit/layouts.h"

namespace isvcc {

// What the project says of its output.
LayoutOptions layout_options(const Project& project);

// Cuts everything that lies in `passing`, which is about to be used again, but for names: those go into `kept`.
void keep_outcome(ServiceResult& result, const Arena& passing, Arena& kept);

// What Keep says of one service's objects: their names, and with Keep::Texts what they look like in the project's layout.
void keep_manifests(std::vector<Manifest>& manifests, const CompileRequest& request, const Arena& passing, Arena& kept);

}  // namespace isvcc
