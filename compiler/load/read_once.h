#pragma once
// A file system that asks another one only once for each file and folder: runs for several clusters see the same bytes, and pay
// for reading them once. Remembers everything; for runs, not for daemons.
#include <memory>

#include "load/file_system.h"

namespace isvcc {

// Safe to use from several threads at a time.
std::shared_ptr<const FileSystem> read_once(std::shared_ptr<const FileSystem> files);

}  // namespace isvcc
