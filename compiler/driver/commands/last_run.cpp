#include "driver/commands/last_run.h"

#include <algorithm>

#include "driver/incremental/record.h"
#include "driver/incremental/sealed_file.h"

namespace isvcc {

static constexpr std::string_view kRun = "isvcc run 2\n", kParts = "isvcc parts 1\n";
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
  for (Digest* digest : {&run.settings, &run.answer, &run.parts}) *digest = in.digest();
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
  out.reserve(run.told.text.size() + 200 * run.sources.size()).raw(kRun).digest(run.settings).digest(run.answer).digest(run.parts).number(run.code);
  write(run.told, out);
  write(run.summary, out);
  out.number(static_cast<uint32_t>(run.sources.size()));
  for (const LastSource& source : run.sources) write(source, out);
  write_sealed(path, out);
}

// ---- its parts

static LastPart read_part(ByteReader& in) {
  LastPart part{in.number<uint32_t>(), in.digest(), {}};
  for (uint32_t i = in.count(4); i > 0 && in.ok(); --i) part.outputs.push_back(in.text());
  return part;
}

std::optional<LastParts> parse_last_parts(std::string_view bytes, size_t sources) {
  ByteReader in(unsealed(bytes, kParts));
  LastParts all;
  const uint32_t parts = in.count(4 + kDigest + 4);
  all.parts.reserve(parts);
  for (uint32_t i = parts; i > 0 && in.ok(); --i) all.parts.push_back(read_part(in));
  for (uint32_t i = in.count(4); i > 0 && in.ok(); --i) all.files.push_back(in.text());
  for (uint32_t i = in.count(kSmallestFinding); i > 0 && in.ok(); --i) all.notes.push_back(read_finding(in, 0));
  for (uint32_t i = in.count(kSmallestFinding); i > 0 && in.ok(); --i) all.findings.push_back(read_finding(in, all.files.size()));
  const bool fine = std::all_of(all.parts.begin(), all.parts.end(), [&](const LastPart& part) { return part.source < sources; });
  return in.at_end() && fine ? std::optional(std::move(all)) : std::nullopt;
}

Digest write_last_parts(const std::string& path, const std::vector<LastPart>& parts, const KeptFindings& findings, const std::vector<const Diagnostic*>& notes) {
  ByteWriter out;
  out.reserve(findings.rows().size() + 200 * (parts.size() + findings.files().size())).raw(kParts).number(static_cast<uint32_t>(parts.size()));
  for (const LastPart& part : parts) {
    out.number(part.source).digest(part.outline).number(static_cast<uint32_t>(part.outputs.size()));
    for (std::string_view output : part.outputs) out.text(output);
  }
  out.number(static_cast<uint32_t>(findings.files().size()));
  for (std::string_view file : findings.files()) out.text(file);
  out.number(static_cast<uint32_t>(notes.size()));
  for (const Diagnostic* d : notes) write_finding(*d, out);
  out.number(findings.count()).raw(findings.rows());
  return write_sealed(path, out);
}

}  // namespace isvcc
