#include "driver/commands/replay.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "base/parallel.h"
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/memory.h"
#include "driver/commands/summary.h"
#include "driver/incremental/sealed_file.h"
#include "driver/waivers.h"
#include "load/file_system.h"
#include "load/walk.h"

namespace isvcc {
namespace {

constexpr std::string_view kRun = "isvcc run 1\n";

struct RunRecord {
  Digest question;  // settings, day and sources
  Digest answer;    // the files of the output
  int32_t code = 0;
  Told told;
  Summary summary;
};

// ---- as bytes

void write(const RunRecord& run, ByteWriter& out) {
  out.raw(kRun).digest(run.question).digest(run.answer).number(run.code).text(run.told.text);
  out.number(static_cast<uint32_t>(run.told.reports.size()));
  for (const Told::Report& report : run.told.reports) out.text(report.path).text(report.text);
  out.number(static_cast<uint32_t>(run.summary.assumptions.size()));
  for (const std::string& assumption : run.summary.assumptions) out.text(assumption);
  const Summary& s = run.summary;
  out.number(s.services).number(s.objects).number(s.runtimes_used).number(s.errors).number(s.warnings);
}

std::optional<RunRecord> read_run(const std::string& path) {
  const std::string bytes = read_cache_file(path);
  ByteReader in(unsealed(bytes, kRun));
  RunRecord run;
  run.question = in.digest();
  run.answer = in.digest();
  run.code = in.number<int32_t>();
  run.told.text = in.text();
  for (uint32_t i = in.count(8); i > 0 && in.ok(); --i) {
    const std::string_view report = in.text();
    run.told.reports.push_back({std::string(report), std::string(in.text())});
  }
  for (uint32_t i = in.count(4); i > 0 && in.ok(); --i) run.summary.assumptions.emplace_back(in.text());
  Summary& s = run.summary;
  for (uint64_t* number : {&s.services, &s.objects, &s.runtimes_used, &s.errors, &s.warnings}) *number = in.number<uint64_t>();
  return in.at_end() ? std::optional(std::move(run)) : std::nullopt;
}

// ---- what a build was asked

// Everything that is no source file: of another program, other options, or another day, when waivers expire.
void add_settings(const Options& options, const Session& session, Sha256& hash) {
  ByteWriter out;
  out.text(program_identity()).text(all_settings(options, session)).text(today()).number(uint8_t{wants_color(options, STDERR_FILENO)});
  hash.add(out.bytes());
}

void add_source(std::string_view name, std::string_view path, bool named, const Digest& content, Sha256& hash) {
  hash.add(ByteWriter().text(name).text(path).number(uint8_t{named}).digest(content).bytes());
}

// Nothing when there are sources whose content is not known by name and time, or that read other files.
std::optional<Digest> question_now(const Options& options, const Session& session) {
  const LoadOptions& load = session.request.load;
  std::string error;
  const std::unique_ptr<FileSystem> files = open_folder(load.project_root, error);
  if (!files) return std::nullopt;
  Diagnostics found;
  const std::vector<FoundFile> sources = find_files(*files, load, found);
  if (!found.all().empty()) return std::nullopt;
  std::vector<const Digest*> contents(sources.size());
  std::atomic<bool> known{true};
  parallel_for(sources.size(), load.threads, [&](size_t, size_t i) {
    if (!known.load(std::memory_order_relaxed)) return;
    const bool plain = sources[i].format != FileFormat::Jsonnet && !sources[i].path.empty();
    const auto stamp = plain ? files->stamp(sources[i].path) : std::nullopt;
    contents[i] = stamp ? load.known->content_of(sources[i].name, *stamp) : nullptr;
    if (!contents[i]) known = false;
  });
  if (!known) return std::nullopt;
  Sha256 hash;
  add_settings(options, session, hash);
  for (size_t i = 0; i < sources.size(); ++i) add_source(sources[i].name, sources[i].path, sources[i].named, *contents[i], hash);
  return hash.digest();
}

// The same of a build that was done.
std::optional<Digest> question_of(const Options& options, const Session& session) {
  const Documents& documents = session.result.documents;
  Sha256 hash;
  add_settings(options, session, hash);
  for (const FileFacts& file : documents.facts) {
    if (!file.content) return std::nullopt;
    add_source(file.name, file.path, file.named, *file.content, hash);
  }
  return documents.evaluated.empty() ? std::optional(hash.digest()) : std::nullopt;
}

Digest answer_of(const OutputMemory& outputs) {
  Sha256 hash;
  for (const auto& [path, written] : outputs.all()) hash.add(ByteWriter().text(path).digest(written.key).digest(written.content).bytes());
  return hash.digest();
}

// A hydrator's files tell the commit they were made from; phases are told of a run that had them.
bool may_be_replayed(const Options& options, const Session& session) {
  return session.memory && !options.flag("stats") && !options.value("depfile") && session.request.project.layout != "argocd-hydrator";
}

}  // namespace

std::optional<int> replay_build(const Options& options, Session& session, const OutputOptions& output) {
  const auto start = std::chrono::steady_clock::now();
  if (!may_be_replayed(options, session)) return std::nullopt;
  const OutputMemory& outputs = session.memory->outputs();
  const std::optional<RunRecord> run = read_run(session.memory->run_path());
  if (!run || question_now(options, session) != run->question || run->answer != answer_of(outputs) || !is_as_left(output)) return std::nullopt;
  if (!deliver(run->told, session.request.root)) return kInputOutput;
  OutputResult written;
  written.unchanged = outputs.all().size();
  print_summary(options, session.cluster(), run->summary, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(), &written);
  return run->code;
}

void keep_build(const Options& options, const Session& session, const Told& told, const OutputResult& written, int code) {
  if (!may_be_replayed(options, session)) return;
  // A file that was written just now cannot be known again by its times.
  const OutputMemory& outputs = session.memory->outputs();
  if (outputs.all().size() != written.written + written.unchanged) return;
  const std::optional<Digest> question = question_of(options, session);
  if (!question) return;
  ByteWriter out;
  write({*question, answer_of(outputs), code, told, summary_of(session)}, out);
  write_sealed(session.memory->run_path(), out);
}

}  // namespace isvcc
