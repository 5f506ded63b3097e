#pragma once
// One Jsonnet evaluation in a child process: started, fed, watched, killed when its time is up. Knows no Jsonnet.
#include <functional>
#include <string>
#include <vector>

#include "load/jsonnet/wire.h"
#include "load/limits.h"

namespace isvcc::jsonnet {

enum class Ending : uint8_t {
  Done,         // `results` has one JSON text for each entry
  Error,        // libjsonnet refused; `error` is its message
  OutOfTime,    // CPU or wall seconds
  OutOfMemory,
  TooLarge,     // the result of one entry
  Crashed,      // by `signal`, or without a word
  NotStarted,   // `error` says why
};

struct Evaluation {
  Ending ending = Ending::Crashed;
  std::vector<std::string> results;
  std::string error;
  int signal = 0;
  int begun = -1;      // the entry that was being evaluated, -1: none yet
  std::string traces;  // what std.trace wrote: the first lines
};

// What a worker imports: (directory of the importing file, path) → (found, name, text or error).
struct ServedFile {
  bool found = false;
  std::string name, text;
};
using Serve = std::function<ServedFile(const std::string& directory, const std::string& path)>;

Evaluation evaluate(const Job& job, const std::string& executable, const Limits& limits, const Serve& serve);

}  // namespace isvcc::jsonnet
