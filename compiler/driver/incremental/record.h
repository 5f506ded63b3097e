#pragma once
// What the services of one source file came to, and what that depended on: the unit of incremental builds. Data, as bytes and back.
// Texts point into the bytes they were read from.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "diag/diagnostic.h"
#include "driver/incremental/bytes.h"
#include "plan/plan.h"

namespace isvcc {

// A runtime that was chosen, and the content of the file that defines it.
struct UsedRuntime {
  std::string_view kind, namespace_, name;
  Digest file;
};

struct RecordedManifest {
  std::string_view api_version, kind, namespace_, name;
  bool owned = true;              // false: shared by services
  uint64_t offset = 0;            // of its text among the texts of the record
  uint32_t size = 0;
  Digest text;
};

struct RecordedFailure {
  std::string_view reason, message;
};

struct RecordedRuntime {
  std::string_view kind, name;    // as KServe reports them
  bool automatic = false;
  uint32_t used = 0;              // which of the record's runtimes has the spec
};

struct RecordedPlan {
  DeploymentMode mode = DeploymentMode::Standard;
  std::optional<RecordedRuntime> runtime;
  bool stopped = false, complete = true;
};

// A finding whose FileIds are numbers in `files` of the record, from 1.
struct RecordedFinding {
  Diagnostic diagnostic;
};

struct RecordedService {
  std::string_view api_version, namespace_, name;
  uint32_t name_at = 0;           // where metadata.name is written
  uint16_t name_length = 0;
  bool admitted = false, pod_refused = false, uses_generation = false, canary_percent = false;
  std::optional<RecordedFailure> failure;
  std::optional<RecordedPlan> plan;
  std::vector<RecordedManifest> manifests;
  std::vector<RecordedFinding> findings;
};

struct FileRecord {
  Digest environment;             // everything but services and runtimes
  Digest selection;               // what selection asks of the runtimes
  std::optional<Digest> every_runtime;  // when the result tells of runtimes that were not chosen
  std::vector<UsedRuntime> runtimes;
  std::vector<std::string_view> files;  // that findings point into
  std::vector<RecordedService> services;
  std::optional<Digest> outline;        // see outline_of(); none when a finding of its services is about something else
};

// All that whoever looks at many services sees of these: everything but the texts of their own objects and what was said about them.
Digest outline_of(FileRecord record);

std::string record_bytes(const FileRecord& record);
// Nothing when the bytes are no record.
std::optional<FileRecord> parse_record(std::string_view bytes);

// `number`: what stands for a FileId; by default the FileId itself.
void write_finding(const Diagnostic& d, ByteWriter& out, const std::function<FileId(FileId)>& number = nullptr);
// A finding whose FileIds are numbers of `files` names, from 1.
void read_finding(ByteReader& in, size_t files, Diagnostic& to);
inline constexpr size_t kSmallestFinding = 18 + 7 * 4;  // bytes

}  // namespace isvcc
