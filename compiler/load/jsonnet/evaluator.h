#pragma once
// Evaluates entries in workers: many together, then, when one of them fails, smaller groups without it, until every entry has its own
// verdict. What an entry is told never depends on its neighbours: a failure is reported from an evaluation of the entry alone.
#include <optional>
#include <string>
#include <vector>

#include "load/jsonnet/bundle.h"
#include "load/jsonnet/graph.h"
#include "load/jsonnet/process.h"

namespace isvcc::jsonnet {

struct Problem {
  Ending ending = Ending::Error;
  bool of_import = false;  // a file that could not be read
  bool skipped = false;    // not evaluated: too many others had run out of time
  Failure failure;         // places are in files
  int signal = 0;
};

struct EntryState {
  const File* file = nullptr;
  Project project;
  Closure closure;
  bool done = false;
  std::string json;                // done without a problem
  std::optional<Problem> problem;
};

struct Evaluated {
  std::vector<Trace> traces;  // of std.trace, places in files
};

Evaluated evaluate_entries(std::vector<EntryState>& entries, const JsonnetInput& input, Files& files, Graph& graph);

}  // namespace isvcc::jsonnet
