#pragma once
// What earlier builds of a project leave for the next one, in the folder given with --cache: what each source file's services came to,
// and what sources and outputs looked like. One object serves one build. See docs/incremental.md.
#include <optional>
#include <string>

#include "driver/incremental/packs.h"
#include "driver/incremental/stamps.h"
#include "load/known_files.h"

namespace isvcc {

class BuildMemory : public KnownFiles {
 public:
  // `settings`: everything but the sources that a result depends on. Builds of other settings, or by another isvcc, share nothing.
  // `output`: tells the output from others of the same project.
  BuildMemory(const std::string& folder, std::string_view settings, const std::string& root, const std::string& output);

  const Digest* content_of(std::string_view name, size_t place, const FileStamp& stamp) const override;
  bool knows(std::string_view name, size_t, const Digest& content) const override { return store_.has(key(name, content)); }

  // The name of a record.
  static Digest key(std::string_view name, const Digest& content);

  // The sources are looked at from now on: what is touched later is not taken for unchanged by the next build.
  void begin() { started_ = nanoseconds_now(); }

  PackStore& store() { return store_; }
  OutputMemory& outputs() { return outputs_; }
  // What tells the outputs, as they were loaded or saved last, from any others; nothing when they are known from nowhere.
  const std::optional<Checksum>& outputs_seal() const { return outputs_seal_; }
  // Where a build of this output leaves what it came to (driver/commands/last_run.h).
  const std::string& run_path() const { return run_path_; }
  const std::string& parts_path() const { return parts_path_; }
  // Writes what this build found out.
  void save(const std::vector<FileFacts>& facts);

 private:
  void load_outputs();

  int64_t started_ = nanoseconds_now();
  PackStore store_;
  std::string sources_path_, outputs_path_, run_path_, parts_path_;
  SourceStamps sources_;
  CacheFile outputs_file_;  // that the outputs' paths point into
  OutputMemory outputs_;
  std::optional<Checksum> outputs_seal_;
};

// Tells this program from any other build of it.
std::string program_identity();

}  // namespace isvcc
