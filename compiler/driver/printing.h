#pragma once
// Objects as text while their trees are still at hand, and what is kept of a service whose memory is given up.
#include "driver/pipeline.h"
#include "emit/layouts.h"

namespace isvcc {

// What the project says of its output.
LayoutOptions layout_options(const Project& project);

// Prints the object for the project's layout into `texts`; names it there, too, and forgets its tree.
void print_manifest(Manifest& manifest, const CompileRequest& request, Arena& texts);

// Cuts everything that lies in memory about to be used again. `kept` takes the names.
void keep_outcome(ServiceResult& result, Arena& kept);

// What Keep says of one service's objects.
void keep_manifests(std::vector<Manifest>& manifests, const CompileRequest& request, Arena& kept);

}  // namespace isvcc
