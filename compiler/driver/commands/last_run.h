#pragma once
// What the last build of an output was asked, what it told, and what of that each source file had a part in. Data, as bytes and back.
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "driver/commands/reports.h"
#include "driver/commands/summary.h"
#include "driver/incremental/kept_findings.h"

namespace isvcc {

struct LastSource {
  std::string_view name, path;  // as in FoundFile
  bool named = false;
  Digest content;
};

struct LastRun {
  Digest settings;                  // of everything asked but the sources
  Digest answer;                    // the seal of what is known of the output's files
  Digest parts;                     // of the LastParts that belong to it
  int32_t code = 0;
  Told told;
  Summary summary;
  std::vector<LastSource> sources;  // as a walk finds them
};

// A source file whose services can be compiled without the others.
struct LastPart {
  uint32_t source = 0;                     // number of the file
  Digest outline;                          // see ServiceFile
  std::vector<std::string_view> outputs;   // files that hold its objects and nothing else
};

// Apart from LastRun: a build that is told again needs none of it.
struct LastParts {
  std::vector<LastPart> parts;             // by source
  std::vector<std::string_view> files;     // that findings point into
  std::vector<Diagnostic> notes;           // what the layout said of large applications, after everything else
  std::deque<Diagnostic> findings;         // with numbers of `files`
};

// Texts point into `bytes`, the content of a file. Nothing when it is no such file or damaged.
std::optional<LastRun> parse_last_run(std::string_view bytes);
// `sources`: how many the run has.
std::optional<LastParts> parse_last_parts(std::string_view bytes, size_t sources);
void write_last_run(const std::string& path, const LastRun& run);
// The digest by which a run names them: seal_of() the file.
Digest write_last_parts(const std::string& path, const std::vector<LastPart>& parts, const KeptFindings& findings, const std::vector<const Diagnostic*>& notes);

}  // namespace isvcc
