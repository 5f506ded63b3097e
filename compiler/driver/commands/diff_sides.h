#pragma once
// What `isvcc diff` compares: two revisions, a revision and the work tree, two folders of sources, two clusters
// of one project, or two folders of rendered objects.
#include <memory>
#include <optional>
#include <string>

#include "driver/commands/project_files.h"
#include "driver/options.h"

namespace isvcc {

class FileSystem;

struct SideSource {
  std::string label;                       // as shown to people
  ProjectFiles files;
  std::shared_ptr<const FileSystem> tree;  // null: the disk
  std::string cluster = {};                // of two that are compared; else --cluster counts
};

struct TwoSides {
  SideSource before, after;
  bool rendered = false;  // objects are compared as they are, nothing is compiled
  bool by_kubectl = false;
};

// Nothing and `error` when the command line names no two sides.
std::optional<TwoSides> find_sides(const Options& options, std::string& error);

}  // namespace isvcc
