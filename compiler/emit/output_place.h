#pragma once
// Where the output folder is: its parent, opened without following links that a repository could have planted, and the
// folders that can never be an output.
#include <string>
#include <vector>

#include "emit/output_tree.h"
#include "emit/posix.h"

namespace isvcc {

struct OutputPlace {
  Fd parent;
  std::string name;           // of the output folder in its parent
  std::vector<std::string> missing;  // folders to make below `parent` before it is the parent; see make_parents
  Fd folder;                  // the output folder, when it exists
  struct stat info {};        // of the output folder; st_mode 0 when it does not exist
};

// Why an output is not possible: a refusal in words, or a failure of the system.
struct OutputProblem {
  std::string refusal, hint;
  IoFailure failure;

  explicit operator bool() const { return !refusal.empty() || failure; }
};

// The parent and the name; says nothing about what stands there.
OutputPlace locate(const std::string& path, const std::string& trusted_root, OutputProblem& problem);
OutputPlace find_place(const OutputOptions& options, OutputProblem& problem);

// Makes the missing folders above the output and moves `parent` down; what was made is listed for unmake_parents.
struct MadeFolder {
  Fd parent;
  std::string name;
};
std::vector<MadeFolder> make_parents(OutputPlace& place, IoFailure& failure);
void unmake_parents(std::vector<MadeFolder>& made);

// Looks again at the output folder: others may have changed it before the lock was ours.
void refresh(OutputPlace& place, OutputProblem& problem);

}  // namespace isvcc
