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

std::optional<LastBuild> find_last_build(const Options& options, const Session& session) {
  if (!may_be_kept(options, session)) return std::nullopt;
  LastBuild last{CacheFile(session.memory->run_path()), {}, {}};
  std::optional<LastRun> run = parse_last_run(last.file.bytes());
  if (!run || run->settings != settings_of(options, session) || run->answer != session.memory->outputs_seal()) return std::nullopt;
  const std::optional<std::vector<Digest>> contents = contents_of_sources(session.request.load);
  if (!contents) return std::nullopt;
  std::optional<std::vector<uint32_t>> changed = changed_sources(*run, session.request.load.walk->found, *contents);
  if (!changed) return std::nullopt;
  last.run = std::move(*run);
  last.changed = std::move(*changed);
  return last;
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
