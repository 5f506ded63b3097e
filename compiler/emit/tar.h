#pragma once
// Files → a tar archive that depends on nothing but their paths and bytes: sorted, no times, no owners, one mode. Only regular files and
// the folders above them. Never touches the disk.
#include <string>
#include <vector>

#include "emit/output_tree.h"

namespace isvcc {

// POSIX ustar, with a pax header for a path that does not fit. Folders come before what is in them.
std::string tar_of(std::vector<OutputFile> files);

}  // namespace isvcc
