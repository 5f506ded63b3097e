#include "driver/commands/replay.h"

#include "driver/commands/command.h"
#include "driver/commands/keep_build.h"
#include "driver/incremental/sources_now.h"

namespace isvcc {
namespace {

bool is_same_file(const LastSource& then, const FoundFile& now) { return then.name == now.name && then.path == now.path && then.named == now.named; }

// Nothing when there are other files.
std::optional<std::vector<uint32_t>> changed_sources(const LastRun& run, const std::vector<FoundFile>& found, const std::vector<Digest>& contents) {
  if (run.sources.size() != found.size()) return std::nullopt;
  std::vector<uint32_t> changed;
  for (uint32_t i = 0; i < found.size(); ++i) {
    if (!is_same_file(run.sources[i], found[i])) return std::nullopt;
    if (run.sources[i].content != contents[i]) changed.push_back(i);
  }
  return changed;
}

}  // namespace

std::optional<LastBuild> read_last_build(const Options& options, const Session& session) {
  if (!may_be_kept(options, session)) return std::nullopt;
  LastBuild last;
  last.file = CacheFile(session.memory->run_path());
  std::optional<LastRun> run = parse_last_run(last.file.bytes());
  if (!run || run->answer != session.memory->outputs_seal()) return std::nullopt;
  last.run = std::move(*run);
  return last;
}

std::optional<LastParts>& LastBuild::read_parts(const Session& session) {
  if (parts || !parts_file.bytes().empty()) return parts;
  parts_file = CacheFile(session.memory->parts_path());
  if (seal_of(parts_file.bytes()) == run.parts) parts = parse_last_parts(parts_file.bytes(), run.sources.size());
  return parts;
}

bool LastBuild::read_findings() {
  if (!findings_fine) findings_fine = isvcc::read_findings(run.sources.size(), *parts);
  return *findings_fine;
}

bool compare_with_now(const Options& options, const Session& session, LastBuild& last) {
  if (last.run.settings != settings_of(options, session)) return false;
  const std::optional<std::vector<Digest>> contents = contents_of_sources(session.request.load);
  std::optional<std::vector<uint32_t>> changed = contents ? changed_sources(last.run, session.request.load.walk->found, *contents) : std::nullopt;
  if (changed) last.changed = std::move(*changed);
  return changed.has_value();
}

std::optional<int> replay_build(const Options& options, const Session& session, const LastBuild& last, const OutputOptions& output) {
  if (!last.changed.empty() || !is_as_left(output)) return std::nullopt;
  if (!deliver(last.run.told, session.request.root)) return kInputOutput;
  OutputResult written;
  written.unchanged = output.memory->all().size();
  print_summary(options, session.cluster(), last.run.summary, session.milliseconds(), &written);
  return last.run.code;
}

}  // namespace isvcc
