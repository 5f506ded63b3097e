#pragma once
// --report FORMAT=FILE.
#include <string>
#include <vector>

#include "driver/commands/findings.h"

namespace isvcc {

// What a run tells of its findings.
struct Told {
  struct Report {
    std::string path, text;  // "-": standard output
  };
  std::vector<Report> reports;  // each --report
  std::string text;             // for people, on stderr; empty where a report has it
};

// Tells the findings, and keeps what was told. False, reported, when a report has an unknown format or cannot be written; the others are.
bool tell(const Options& options, const Findings& findings, Told& told);
// Tells what was told before. False, reported, when a report cannot be written. `root`: of the project.
bool deliver(const Told& told, const std::string& root);

}  // namespace isvcc
