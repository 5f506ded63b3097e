#pragma once
// What the commands share: finding the project, reading options into a request, compiling, telling people what was found.
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "driver/check_scope.h"
#include "driver/commands/project_files.h"
#include "driver/incremental/build_memory.h"
#include "driver/incremental/kept_findings.h"
#include "driver/incremental/references.h"
#include "driver/options.h"
#include "driver/pipeline.h"

namespace isvcc {

// The project as compiled for one cluster.
struct Session {
  std::deque<std::string> texts;  // of project files: spans and settings point into them
  CompileRequest request;
  std::unique_ptr<BuildMemory> memory;  // of builds with --cache; the result points into it
  Compilation result;
  bool color = false;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
  CheckCount count;                              // of `isvcc check`, for reports that count objects
  std::function<bool(const Diagnostic&)> told_before = {};  // findings that the text form leaves out: they were seen already
  KeptFindings found;                            // with a memory: the findings but for secrets, before they are waived and sorted
  std::map<ServiceName, size_t> found_about;     // with a memory: how many of them are about each service
  std::function<void(Compilation&)> more = {};  // adds or takes away findings before they are waived and sorted

  // Whatever was read so far was read in advance: the build begins now.
  void begin() {
    started = std::chrono::steady_clock::now();
    if (memory) memory->begin();
  }
  double milliseconds() const { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count(); }
  std::string project_root() const { return request.root; }
  // Empty in a project without clusters.
  const std::string& cluster() const { return request.project.cluster; }
};

// For a command that ends with the process: nothing in them is taken apart, the system takes all memory back at once.
std::deque<Session>& lasting_sessions();

// Reads isvcc.yaml and the options: one session, or one for each cluster that --cluster selects. Returns an exit code when the command
// cannot go on (usage or configuration), already reported.
std::optional<int> prepare(const Options& options, std::deque<Session>& sessions);
// For commands that look at one cluster: refuses when the project has several and the options name none.
std::optional<int> prepare(const Options& options, Session& session);
// The same for a project that was found already; its files come from `tree` when there is one.
std::optional<int> prepare(const Options& options, const ProjectFiles& files, std::shared_ptr<const FileSystem> tree, std::deque<Session>& sessions);
std::optional<int> prepare(const Options& options, const ProjectFiles& files, std::shared_ptr<const FileSystem> tree, Session& session);

// The settings of `project`, under what the command line says, in place of those that prepare() found. False, reported, on a usage mistake.
bool use_project(const Options& options, const Project& project, Session& session);

// Compiles, applies --strict and --deny-*, sorts the findings.
void run_pipeline(const Options& options, Session& session);
// All of them, side by side.
void run_pipeline(const Options& options, std::deque<Session>& sessions);

// Writes the findings: the text form to stderr, and every --report. False after an I/O error, already reported.
bool report_findings(const Options& options, const Session& session);
bool report_findings(const Options& options, const std::deque<Session>& sessions);

// The JSON report of docs/json-report.md: findings, services, assumptions.
std::string json_report(const Session& session);

// 0, 1, 2, 3 or 70 by what was found; of several sessions the worst.
int exit_code(const Session& session);
int exit_code(const std::deque<Session>& sessions);

// --color, NO_COLOR and TERM; "auto" asks whether `fd` is a terminal.
bool wants_color(const Options& options, int fd);

void print_error(const std::string& text);  // "isvcc: <text>" on stderr
void print_out(const std::string& text);    // stdout

}  // namespace isvcc
