#pragma once
// What a run would do to an output folder: every file compared with what stands there and with the list of owned files.
// Reads only.
#include <deque>
#include <string>
#include <vector>

#include "emit/output_scan.h"
#include "emit/output_tree.h"
#include "emit/owned_index.h"

namespace isvcc {

enum class FileState : unsigned char {
  New,
  Same,
  Changed,     // ours and as we left it: may be replaced
  Edited,      // ours, but somebody changed it
  InTheWay,    // not ours, and different
};

struct OutputPlan {
  OutputScan scan;
  std::vector<const OutputFile*> files;  // what is to be there, by path; the lists of owned files come last
  std::vector<FileState> states;         // of each
  std::vector<Digest> keys, contents;    // of each but the index, with a memory only: OutputText::key() and the SHA-256 of the text
  std::vector<FileStamp> seen;           // with a memory only, of each: as it was before it was compared, or as it was written
  std::deque<OutputFile> indexes;        // the lists of owned files
  std::vector<std::string> stale;         // owned, as we left them, no longer wanted
  std::vector<std::string> edited_stale;  // owned, changed by somebody, no longer wanted
  std::vector<std::string> foreign;       // kept
  std::vector<std::string> displaced;     // foreign, where a new file or folder has to stand: given up with --force only
  std::vector<std::string> foreign_folders;  // kept, even if empty
  std::vector<std::string> bad_indexes;
  std::function<bool()> sound;               // see OutputOptions

  bool is_sound() const { return !sound || sound(); }

  size_t count(FileState state) const;
  bool nothing_to_do() const;
};

// `folder` is the output folder, -1 when there is none. Stops early when a stop is requested: check `hold` afterwards.
bool plan_output(int folder, const std::vector<OutputFile>& files, const OutputOptions& options, const StopSignals::Hold& hold, OutputPlan& plan,
                 IoFailure& failure);

// For files of an output that is as it was left: those that change and the lists that name them, nothing else. False when one of them is no
// such file.
bool plan_replacements(int folder, const std::vector<OutputFile>& files, const OutputMemory& memory, OutputPlan& plan);

}  // namespace isvcc
