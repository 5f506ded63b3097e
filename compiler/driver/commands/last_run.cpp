#include "driver/commands/last_run.h"

#include <algorithm>
#include <utility>

#include "driver/incremental/record.h"
#include "driver/incremental/sealed_file.h"

namespace isvcc {

static constexpr std::string_view kRun = "isvcc run 3\n", kParts = "isvcc parts 2\n";
static constexpr size_t kDigest = sizeof(Digest::bytes);

// ---- what was told

static void write(const Told& told, ByteWriter& out) {
  out.text(told.text).number(static_cast<uint32_t>(told.reports.size()));
  for (const Told::Report& report : told.reports) out.text(report.path).text(report.text);
}

static Told read_told(ByteReader& in) {
  Told told{{}, std::string(in.text())};
  for (uint32_t i = in.count(8); i > 0 && in.ok(); --i) {
    const std::string_view path = in.text();
    told.reports.push_back({std::string(path), std::string(in.text())});
  }
  return told;
}

static void write(const Summary& s, ByteWriter& out) {
  out.number(static_cast<uint32_t>(s.assumptions.size()));
  for (const std::string& assumption : s.assumptions) out.text(assumption);
  out.number(s.services).number(s.objects).number(s.runtimes_used).number(s.errors).number(s.warnings);
}

static Summary read_summary(ByteReader& in) {
  Summary s;
  for (uint32_t i = in.count(4); i > 0 && in.ok(); --i) s.assumptions.emplace_back(in.text());
  for (uint64_t* number : {&s.services, &s.objects, &s.runtimes_used, &s.errors, &s.warnings}) *number = in.number<uint64_t>();
  return s;
}

// ---- the run

// Most files are known by their path.
static void write(const LastSource& source, ByteWriter& out) {
  out.text(source.name).number(uint8_t{source.path != source.name});
  if (source.path != source.name) out.text(source.path);
  out.number(uint8_t{source.named}).digest(source.content);
}

static LastSource read_source(ByteReader& in) {
  LastSource source;
  source.name = in.text();
  source.path = in.flag() ? in.text() : source.name;
  source.named = in.flag();
  source.content = in.digest();
  return source;
}

std::optional<LastRun> parse_last_run(std::string_view bytes) {
  ByteReader in(unsealed(bytes, kRun));
  LastRun run;
  run.settings = in.digest();
  for (Checksum* seal : {&run.answer, &run.parts}) *seal = in.checksum();
  run.code = in.number<int32_t>();
  run.told = read_told(in);
  run.summary = read_summary(in);
  const uint32_t count = in.count(4 + 2 + kDigest);
  run.sources.reserve(count);
  for (uint32_t i = count; i > 0 && in.ok(); --i) run.sources.push_back(read_source(in));
  return in.at_end() ? std::optional(std::move(run)) : std::nullopt;
}

void write_last_run(const std::string& path, const LastRun& run) {
  ByteWriter out;
  out.reserve(run.told.text.size() + 200 * run.sources.size()).raw(kRun).digest(run.settings).checksum(run.answer).checksum(run.parts).number(run.code);
  write(run.told, out);
  write(run.summary, out);
  out.number(static_cast<uint32_t>(run.sources.size()));
  for (const LastSource& source : run.sources) write(source, out);
  write_sealed(path, {out.bytes()});
}

// ---- its parts

// What was read of `bytes` by the time that `left` is left.
static std::string_view until(std::string_view bytes, std::string_view left) { return bytes.substr(0, bytes.size() - left.size()); }

static PartList read_parts(ByteReader& in) {
  PartList parts;
  const std::string_view bytes = in.rest();
  const uint32_t count = in.count(4 + kDigest + 4);
  parts.all.reserve(count);
  parts.outputs.reserve(count);
  for (uint32_t i = count; i > 0 && in.ok(); --i) {
    LastPart& part = parts.all.emplace_back(LastPart{in.number<uint32_t>(), in.digest(), static_cast<uint32_t>(parts.outputs.size()), in.count(4)});
    for (uint32_t k = part.outputs; k > 0 && in.ok(); --k) parts.outputs.push_back(in.text());
  }
  parts.bytes = until(bytes, in.rest());
  return parts;
}

static void write(const PartList& parts, ByteWriter& out) {
  out.number(static_cast<uint32_t>(parts.all.size()));
  for (const LastPart& part : parts.all) {
    out.number(part.source).digest(part.outline).number(part.outputs);
    for (std::string_view output : parts.outputs_of(part)) out.text(output);
  }
}

std::optional<LastParts> parse_last_parts(std::string_view bytes, size_t sources) {
  ByteReader in(unsealed(bytes, kParts));
  LastParts all;
  all.parts = read_parts(in);
  for (uint32_t i = in.count(4); i > 0 && in.ok(); --i) all.others.push_back(in.text());
  for (uint32_t i = in.count(kSmallestFinding); i > 0 && in.ok(); --i) read_finding(in, 0, all.notes.emplace_back());
  all.kept = in.rest();
  const bool fine = std::all_of(all.parts.all.begin(), all.parts.all.end(), [&](const LastPart& part) { return part.source < sources; });
  return in.ok() && fine ? std::optional(std::move(all)) : std::nullopt;
}

bool read_findings(size_t sources, LastParts& all) {
  ByteReader in(std::exchange(all.kept, {}));
  const uint32_t count = in.count(kSmallestFinding);
  all.rows.reserve(count);
  for (uint32_t i = count; i > 0 && in.ok(); --i) {
    const std::string_view rest = in.rest();
    read_finding(in, sources + all.others.size(), all.findings.emplace_back());
    all.rows.push_back(until(rest, in.rest()));
  }
  return in.at_end();
}

Checksum write_last_parts(const std::string& path, const PartList& parts, const KeptFindings& findings, const std::vector<const Diagnostic*>& notes) {
  ByteWriter known, out;
  if (parts.bytes.empty()) write(parts, known);
  out.number(static_cast<uint32_t>(findings.others().size()));
  for (std::string_view file : findings.others()) out.text(file);
  out.number(static_cast<uint32_t>(notes.size()));
  for (const Diagnostic* d : notes) write_finding(*d, out);
  out.number(findings.count());
  std::vector<std::string_view> pieces = {kParts, parts.bytes.empty() ? std::string_view(known.bytes()) : parts.bytes, out.bytes()};
  const std::vector<std::string_view> rows = findings.rows();
  pieces.insert(pieces.end(), rows.begin(), rows.end());
  return write_sealed(path, std::move(pieces));
}

}  // namespace isvcc
