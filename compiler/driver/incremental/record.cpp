#include "driver/incremental/record.h"

#include "driver/incremental/bytes.h"

namespace isvcc {
namespace {

constexpr size_t kModes = static_cast<size_t>(DeploymentMode::None) + 1, kSeverities = static_cast<size_t>(Severity::Note) + 1;
constexpr size_t kStages = static_cast<size_t>(Stage::Config) + 1, kSmallestText = 4;

// ---- findings

void write(const Span& span, ByteWriter& out, const std::function<FileId(FileId)>& number) {
  out.number(number ? number(span.file) : span.file).number(span.begin).number(span.end);
}

Span read_span(ByteReader& in, size_t files) {
  Span span{in.number<uint32_t>(), in.number<uint32_t>(), in.number<uint32_t>()};
  if (span.file > files) span = {};
  return span;
}

}  // namespace

void write_finding(const Diagnostic& d, ByteWriter& out, const std::function<FileId(FileId)>& number) {
  out.number(static_cast<uint16_t>(d.code)).number(static_cast<uint16_t>(d.severity)).number(static_cast<uint16_t>(d.stage));
  write(d.span, out, number);
  for (const std::string* text : {&d.path, &d.message, &d.upstream, &d.hint, &d.object.kind, &d.object.namespace_, &d.object.name}) out.text(*text);
  out.number(static_cast<uint32_t>(d.labels.size()));
  for (const Label& label : d.labels) write(label.span, out, number), out.text(label.text);
  out.number(static_cast<uint32_t>(d.fixes.size()));
  for (const FixIt& fix : d.fixes) write(fix.span, out, number), out.text(fix.replacement);
}

void read_finding(ByteReader& in, size_t files, Diagnostic& d) {
  static const size_t codes = all_codes().size();
  d.code = in.choice<Code>(codes);
  d.severity = in.choice<Severity>(kSeverities);
  d.stage = in.choice<Stage>(kStages);
  d.span = read_span(in, files);
  for (std::string* text : {&d.path, &d.message, &d.upstream, &d.hint, &d.object.kind, &d.object.namespace_, &d.object.name}) *text = in.text();
  for (uint32_t i = in.count(12 + kSmallestText); i > 0; --i) {
    const Span span = read_span(in, files);
    d.labels.push_back({span, std::string(in.text())});
  }
  for (uint32_t i = in.count(12 + kSmallestText); i > 0; --i) {
    const Span span = read_span(in, files);
    d.fixes.push_back({span, std::string(in.text())});
  }
}

namespace {

// ---- writing

void write(const RecordedManifest& m, ByteWriter& out) {
  out.text(m.api_version).text(m.kind).text(m.namespace_).text(m.name).number(uint8_t{m.owned}).number(m.offset).number(m.size).digest(m.text);
}

void write(const RecordedPlan& plan, ByteWriter& out) {
  out.number(static_cast<uint16_t>(plan.mode)).number(uint8_t{plan.stopped}).number(uint8_t{plan.complete}).number(uint8_t{plan.runtime.has_value()});
  if (plan.runtime) out.text(plan.runtime->kind).text(plan.runtime->name).number(uint8_t{plan.runtime->automatic}).number(plan.runtime->used);
}

void write(const RecordedService& s, ByteWriter& out) {
  out.text(s.api_version).text(s.namespace_).text(s.name).number(s.name_at).number(s.name_length);
  for (bool flag : {s.admitted, s.pod_refused, s.uses_generation, s.canary_percent, s.failure.has_value(), s.plan.has_value()}) out.number(uint8_t{flag});
  if (s.failure) out.text(s.failure->reason).text(s.failure->message);
  if (s.plan) write(*s.plan, out);
  out.number(static_cast<uint32_t>(s.manifests.size()));
  for (const RecordedManifest& m : s.manifests) write(m, out);
  out.number(static_cast<uint32_t>(s.findings.size()));
  for (const RecordedFinding& f : s.findings) write_finding(f.diagnostic, out);
}

// ---- reading

RecordedManifest read_manifest(ByteReader& in) {
  RecordedManifest m;
  for (std::string_view* text : {&m.api_version, &m.kind, &m.namespace_, &m.name}) *text = in.text();
  m.owned = in.flag();
  m.offset = in.number<uint64_t>();
  m.size = in.number<uint32_t>();
  m.text = in.digest();
  return m;
}

RecordedPlan read_plan(ByteReader& in, size_t runtimes, bool& fine) {
  RecordedPlan plan;
  plan.mode = in.choice<DeploymentMode>(kModes);
  plan.stopped = in.flag();
  plan.complete = in.flag();
  if (!in.flag()) return plan;
  RecordedRuntime& runtime = plan.runtime.emplace();
  runtime.kind = in.text();
  runtime.name = in.text();
  runtime.automatic = in.flag();
  runtime.used = in.number<uint32_t>();
  fine = fine && runtime.used < runtimes;
  return plan;
}

RecordedService read_service(ByteReader& in, const FileRecord& record, bool& fine) {
  RecordedService s;
  for (std::string_view* text : {&s.api_version, &s.namespace_, &s.name}) *text = in.text();
  s.name_at = in.number<uint32_t>();
  s.name_length = in.number<uint16_t>();
  for (bool* flag : {&s.admitted, &s.pod_refused, &s.uses_generation, &s.canary_percent}) *flag = in.flag();
  const bool failed = in.flag(), planned = in.flag();
  if (failed) {
    RecordedFailure& failure = s.failure.emplace();
    failure.reason = in.text();
    failure.message = in.text();
  }
  if (planned) s.plan = read_plan(in, record.runtimes.size(), fine);
  for (uint32_t i = in.count(4 * kSmallestText + 45); i > 0; --i) s.manifests.push_back(read_manifest(in));
  for (uint32_t i = in.count(kSmallestFinding); i > 0; --i) read_finding(in, record.files.size(), s.findings.emplace_back().diagnostic);
  return s;
}

}  // namespace

std::string record_bytes(const FileRecord& record) {
  ByteWriter out;
  out.digest(record.environment).digest(record.selection).number(uint8_t{record.every_runtime.has_value()});
  if (record.every_runtime) out.digest(*record.every_runtime);
  out.number(static_cast<uint32_t>(record.runtimes.size()));
  for (const UsedRuntime& r : record.runtimes) out.text(r.kind).text(r.namespace_).text(r.name).digest(r.file);
  out.number(static_cast<uint32_t>(record.files.size()));
  for (std::string_view file : record.files) out.text(file);
  out.number(static_cast<uint32_t>(record.services.size()));
  for (const RecordedService& s : record.services) write(s, out);
  out.number(uint8_t{record.outline.has_value()});
  if (record.outline) out.digest(*record.outline);
  return out.bytes();
}

Digest outline_of(FileRecord record) {
  record.environment = record.selection = {};
  record.every_runtime.reset();
  record.outline.reset();
  record.files.clear();
  for (RecordedService& s : record.services) {
    s.name_at = 0;
    s.name_length = 0;
    if (s.failure) s.failure.emplace();
    s.findings.clear();
    for (RecordedManifest& m : s.manifests) {
      m.offset = 0;
      if (m.owned) m.size = 0, m.text = {};
    }
  }
  return sha256(record_bytes(record));
}

std::optional<FileRecord> parse_record(std::string_view bytes) {
  ByteReader in(bytes);
  FileRecord record;
  bool fine = true;
  record.environment = in.digest();
  record.selection = in.digest();
  if (in.flag()) record.every_runtime = in.digest();
  for (uint32_t i = in.count(3 * kSmallestText + 32); i > 0; --i) {
    UsedRuntime& r = record.runtimes.emplace_back();
    for (std::string_view* text : {&r.kind, &r.namespace_, &r.name}) *text = in.text();
    r.file = in.digest();
  }
  for (uint32_t i = in.count(kSmallestText); i > 0; --i) record.files.push_back(in.text());
  for (uint32_t i = in.count(3 * kSmallestText + 6); i > 0; --i) record.services.push_back(read_service(in, record, fine));
  if (in.flag()) record.outline = in.digest();
  return in.at_end() && fine ? std::optional(std::move(record)) : std::nullopt;
}

}  // namespace isvcc
