#pragma once
// The same sources compiled under other circumstances must give the same bytes: threads, order of folders, locale, time zone.
#include <string>
#include <vector>

#include "driver/options.h"

namespace isvcc {

struct DeterminismRun {
  std::string circumstances;  // "1 thread", "5 threads, folders listed backwards, …"
  std::string digest;         // SHA-256 over all files and findings
  std::string difference;     // the first file that differs from the first run's; empty: none
};

struct Determinism {
  std::vector<DeterminismRun> runs;
  size_t files = 0, objects = 0, findings = 0;
  bool equal() const;
};

// Nothing, with the exit code, when the command line or the project file is wrong; that is reported.
std::optional<Determinism> check_determinism(const Options& options, int& exit_code);

}  // namespace isvcc
