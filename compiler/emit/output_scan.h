#pragma once
// What stands in an output folder now: names and inodes, no contents.
#include <map>
#include <string>
#include <vector>

#include "emit/posix.h"

namespace isvcc {

struct ScannedFile {
  ino_t inode = 0;
  bool regular = false;
};

struct FoundFolder {
  mode_t mode = 0;
  bool ours = true;  // owner and group as for a folder that we would make
};

struct OutputScan {
  std::map<std::string, ScannedFile, std::less<>> files;      // links, pipes and the like included
  std::map<std::string, FoundFolder, std::less<>> folders;  // without the output folder itself
};

// Leaves out what is temporary (emit/temporary_names.h). Follows nothing and stays within one file system.
bool scan_output(int folder, OutputScan& scan, IoFailure& failure);

}  // namespace isvcc
