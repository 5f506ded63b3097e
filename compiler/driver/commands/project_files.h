#pragma once
// Where the project is: the root folder, the project file and the sources that the command line names.
#include <optional>
#include <string>
#include <vector>

namespace isvcc {

struct ProjectFiles {
  std::string root;                  // absolute, without a final slash
  std::string file;                  // absolute path of isvcc.yaml; empty when there is none
  std::vector<std::string> sources;  // relative to the root; empty: what the project says
};

// `project` is the value of --project, `arguments` the PATHs. Nothing and `error` on a usage mistake.
std::optional<ProjectFiles> find_project(const std::optional<std::string>& project, const std::vector<std::string>& arguments, std::string& error);

// Without ".", ".." and a final slash.
std::string absolute_path(const std::string& path);

// `path` relative to `root`, nothing when it is outside.
std::optional<std::string> relative_to(const std::string& root, const std::string& path);

std::optional<std::string> read_small_file(const std::string& path, size_t limit);

}  // namespace isvcc
