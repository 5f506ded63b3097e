#pragma once
// The output folder as a transaction: all new files or none, unchanged files untouched, only owned files removed.
#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace isvcc {

struct OutputFile {
  std::string path;  // relative, '/' separated, already safe (see file_name_for)
  std::string text;
};

struct OutputOptions {
  std::string directory;
  bool durable = false;  // one syncfs before the exchange
  bool wait = true;      // wait for another isvcc that writes the same folder, or refuse at once
};

struct OutputResult {
  bool ok = false;
  size_t written = 0, unchanged = 0, removed = 0;
};

// Reports E08xx diagnostics with errno text and path on failure; then the old tree is intact.
OutputResult write_tree(const std::vector<OutputFile>& files, const OutputOptions& options, Diagnostics& diags);

// Any object name as one path component: injective, at most 200 bytes, distinct when case is ignored, no reserved names.
std::string file_name_for(std::string_view name);

}  // namespace isvcc
