#pragma once
// The output folder as a transaction: all new files or none, unchanged files untouched, only owned files removed.
// Never follows a symbolic link below the trusted root, never writes into an existing file, never deletes what isvcc
// did not write. How: docs of each step in emit/output_{place,scan,plan,stage,in_place}.h.
#include <functional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "emit/file_name.h"
#include "emit/output_memory.h"
#include "emit/output_text.h"
#include "emit/shard.h"
#include "emit/stop_signals.h"

namespace isvcc {

struct OutputFile {
  std::string path;  // relative, '/' separated, already safe (see file_name_for)
  OutputText text;
  std::string part = {};  // which list of owned files names it: see emit/shard.h
};

struct OutputOptions {
  std::string directory = {};
  std::string trusted_root = {};           // links are followed above this folder only; empty: above `directory` itself (absolute) or the current folder (relative)
  std::vector<std::string> keep_out = {};  // the output may be none of these and may not hold one: project, sources, home
  Shard shard = {};                        // files of other shares are somebody else's
  bool durable = false;               // one syncfs before the exchange
  bool wait = true;                   // wait for another isvcc that writes the same folder, or refuse at once
  bool force = false;                 // overwrite and remove owned files that were edited, and files of others in the way
  size_t threads = 1;
  StopSignals* stop = nullptr;
  OutputMemory* memory = nullptr;     // spares reading what surely did not change; is told what was written
  std::function<bool()> sound = nullptr;  // false once a text turned out not to be what it was: nothing is changed then
};

enum class OutputFailure { None, Refused, Busy, Io, Stopped, Unsound };

struct OutputResult {
  bool ok = false;
  size_t written = 0, unchanged = 0, removed = 0;
  std::vector<std::string> written_files, removed_files;  // the first of them, by path
  OutputFailure failure = OutputFailure::None;  // for the exit code
};

// Reports E08xx diagnostics with errno text and path on failure; then the old tree is intact.
OutputResult write_tree(const std::vector<OutputFile>& files, const OutputOptions& options, Diagnostics& diags);

// The same where an earlier run left the output as options.memory has it, and few of its files come to something else: all others stay.
// Unsound, with nothing touched or reported, where more would have to be looked at or done than that.
OutputResult replace_files(const std::vector<OutputFile>& files, const OutputOptions& options, Diagnostics& diags);

// Whether the output is what an earlier run left there, file by file as options.memory has it. Touches nothing.
bool is_as_left(const OutputOptions& options);

// The first list of owned files with their hashes, inside the output folder; the others: emit/owned_index.h.
inline constexpr std::string_view kIndexPath = ".isvcc/index.json";

}  // namespace isvcc
