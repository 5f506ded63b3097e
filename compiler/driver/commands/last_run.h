#pragma once
// What the last build of an output was asked, what it told, and what of that each source file had a part in. Data, as bytes and back.
#include <deque>
#include <optional>
#include <span>
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
  Checksum answer;                  // the seal of what is known of the output's files
  Checksum parts;                   // of the LastParts that belong to it
  int32_t code = 0;
  Told told;
  Summary summary;
  std::vector<LastSource> sources;  // as a walk finds them
};

// A source file whose services can be compiled without the others.
struct LastPart {
  uint32_t source = 0;               // number of the file
  Digest outline;                    // see ServiceFile
  uint32_t first = 0, outputs = 0;   // of PartList.outputs: files that hold its objects and nothing else
};

struct PartList {
  std::vector<LastPart> all;               // by source
  std::vector<std::string_view> outputs;
  std::string_view bytes;                  // of all this, where it was read

  std::span<const std::string_view> outputs_of(const LastPart& part) const { return std::span(outputs).subspan(part.first, part.outputs); }
};

// Apart from LastRun: a build that is told again needs none of it.
struct LastParts {
  PartList parts;
  std::vector<std::string_view> others;    // files besides the sources that findings point into
  std::vector<Diagnostic> notes;           // what the layout said of large applications, after everything else
  std::string_view kept;                   // the findings, by read_findings()
  std::deque<Diagnostic> findings;         // with numbers as KeptFindings has them
  std::vector<std::string_view> rows;      // of the findings
};

// Texts point into `bytes`, the content of a file. Nothing when it is no such file or damaged.
std::optional<LastRun> parse_last_run(std::string_view bytes);
// `sources`: how many the run has. All but the findings, which take longer than everything else.
std::optional<LastParts> parse_last_parts(std::string_view bytes, size_t sources);
// False when there are other bytes among them.
bool read_findings(size_t sources, LastParts& all);
void write_last_run(const std::string& path, const LastRun& run);
// The seal by which a run names them.
Checksum write_last_parts(const std::string& path, const PartList& parts, const KeptFindings& findings, const std::vector<const Diagnostic*>& notes);

}  // namespace isvcc
