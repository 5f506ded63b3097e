#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "driver/commands/build.h"
#include "driver/commands/build_part.h"
#include "driver/commands/command.h"
#include "driver/commands/findings.h"
#include "driver/commands/keep_build.h"
#include "driver/commands/layout_files.h"
#include "driver/commands/memory.h"
#include "driver/commands/project_files.h"
#include "driver/commands/provenance_files.h"
#include "driver/commands/replay.h"
#include "driver/commands/reports.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"
#include "driver/depfile.h"
#include "driver/passthrough.h"
#include "driver/printing.h"
#include "emit/output_file.h"
#include "emit/output_tree.h"

namespace isvcc {

static constexpr int kReaderGone = 128 + SIGPIPE;

// What went wrong while writing, after everything else was told: reports get all of it once more, people only this.
static void report_writing(const Options& options, std::deque<Session>& sessions, const std::deque<Diagnostic>& problems) {
  sessions.front().told_before = [problems](const Diagnostic& d) {
    return std::none_of(problems.begin(), problems.end(), [&](const Diagnostic& problem) { return problem.code == d.code && problem.message == d.message; });
  };
  report_findings(options, sessions);
}

static int stream(const Options& options, std::deque<Session>& sessions, const OutputText& text) {
  Diagnostics problems;
  switch (stream_text(STDOUT_FILENO, text, problems)) {
    case Streaming::Done: return kFine;
    case Streaming::Closed: return kReaderGone;
    case Streaming::Failed: break;
  }
  const std::deque<Diagnostic> all = problems.all();
  sessions.front().result.diags.append(std::move(problems));
  report_writing(options, sessions, all);
  return kInputOutput;
}

static OutputOptions output_options(const Options& options, const Session& session, StopSignals& stop) {
  return {.directory = session.request.project.output,
          .trusted_root = session.request.root,
          .keep_out = {session.request.root},
          .shard = session.request.shard,
          .durable = options.flag("durable"),
          .wait = !options.flag("no-wait"),
          .force = options.flag("force"),
          .threads = session.request.load.threads,
          .stop = &stop,
          .memory = session.memory ? &session.memory->outputs() : nullptr,
          .sound = [&session] { return !session.memory || !session.memory->store().broken(); }};
}

// What a session puts out: its files, or one text for the standard output.
static std::vector<OutputFile> print(const Options& options, Session& session) {
  Compilation& result = session.result;
  PhaseTimer emitting(result.statistics, "emit");
  std::vector<OutputFile> files;
  if (session.request.project.output == "-") {
    std::vector<LayoutObject> objects = layout_objects(result.manifests);
    std::erase_if(objects, [&](const LayoutObject& o) { return !session.request.shard.has_namespace(o.namespace_); });
    files.push_back({"-", print_stream(std::move(objects))});
  } else {
    files = layout_files(session);
  }
  add_provenance(options, session, files);
  uint64_t bytes = 0;
  for (const OutputFile& file : files) bytes += file.text.size();
  emitting.done(files.size(), bytes);
  return files;
}

// Nothing when the cache turned out to be damaged; nothing was written then.
static std::optional<int> write_folder(const Options& options, Session& session, const std::vector<OutputFile>& files, StopSignals& stop, OutputResult& written,
                                       Diagnostics& problems) {
  PhaseTimer writing(session.result.statistics, "write");
  written = write_tree(files, output_options(options, session, stop), problems);
  if (written.failure == OutputFailure::Unsound) return std::nullopt;
  writing.done(written.written);
  print_summary(options, session, &written);
  return written.ok ? kFine : kInputOutput;
}

static std::optional<int> write_folders(const Options& options, std::deque<Session>& sessions, const std::vector<std::vector<OutputFile>>& files, StopSignals& stop,
                                        std::vector<OutputResult>& written) {
  int worst = kFine;
  std::deque<Diagnostic> all;
  for (size_t i = 0; i < sessions.size(); ++i) {
    Diagnostics problems;
    const std::optional<int> code = write_folder(options, sessions[i], files[i], stop, written.emplace_back(), problems);
    if (!code) return std::nullopt;
    worst = std::max(worst, *code);
    all.insert(all.end(), problems.all().begin(), problems.all().end());
    sessions[i].result.diags.append(std::move(problems));
  }
  if (worst != kFine) report_writing(options, sessions, all);
  return worst;
}

// Where the objects go: false, already reported, when that is nowhere or not for all clusters at once.
static bool has_output(const Options& options, const std::deque<Session>& sessions) {
  for (const Session& session : sessions) {
    const std::string& output = session.request.project.output;
    if (output == "-" && options.verb == "watch") print_error("watch writes to a folder: -o DIR");
    else if (output == "-" && options.value("depfile") && !options.value("depfile-target")) print_error("--depfile with `-o -` needs --depfile-target");
    else if (output.empty()) print_error(cat(options.verb, " needs -o DIR (or `output:` in isvcc.yaml); `-o -` streams to standard output"));
    else if (output == "-" && sessions.size() > 1) print_error("`-o -` streams one cluster: name it with --cluster");
    else continue;
    return false;
  }
  return true;
}

// Relative to where isvcc was started, when it is below.
static std::string short_path(const std::string& root, const std::string& path) {
  const std::string whole = starts_with(path, "/") ? path : absolute_path(cat(root, '/', path));
  return relative_to(absolute_path("."), whole).value_or(whole);
}

static std::vector<std::string> files_read(const std::deque<Session>& sessions) {
  std::set<std::string> files;
  for (const Session& session : sessions) {
    const Documents& documents = session.result.documents;
    for (const auto* list : {&documents.read_files, &documents.ignore_files, &documents.read_folders})
      for (const std::string& path : *list) files.insert(short_path(session.request.root, path));
    if (!session.request.project_file.empty()) files.insert(short_path(session.request.root, session.request.project_file));
  }
  return {files.begin(), files.end()};
}

static bool write_depfile(const Options& options, const std::deque<Session>& sessions) {
  const auto path = options.value("depfile");
  if (!path) return true;
  std::vector<std::string> targets = options.values("depfile-target");
  if (targets.empty())
    for (const Session& session : sessions) targets.push_back(short_path(session.request.root, cat(absolute_path(session.request.project.output), '/', kIndexPath)));
  Diagnostics problems;
  const bool fine = write_file(*path, depfile(targets, files_read(sessions)), {}, problems).ok;
  for (const Diagnostic& d : problems.all()) print_error(cat("cannot write the depfile: ", d.message));
  return fine;
}

// What earlier builds left, and which sources there are now: side by side, or one before and one after waiting.
static std::optional<LastBuild> look_around(const Options& options, std::deque<Session>& sessions, const BuildHooks& hooks) {
  std::optional<LastBuild> last;
  auto look_back = [&] {
    for (Session& session : sessions) attach_memory(options, session);
    if (sessions.size() == 1) last = read_last_build(options, sessions.front());
  };
  auto walk = [&] {
    for (Session& session : sessions) walk_sources(session);
  };
  if (hooks.wait) {
    look_back();
    if (last && last->read_parts(sessions.front())) last->read_findings();
    hooks.wait();
    for (Session& session : sessions) session.begin();
    walk();
  } else if (!sessions.front().request.load.cache_dir.empty()) {
    parallel_for(2, 2, [&](size_t, size_t i) { i == 0 ? look_back() : walk(); });
  }
  return last;
}

// Where there is little to do since the last build.
static std::optional<int> build_again(const Options& options, LastBuild& last, Session& session, StopSignals& signals, const TellSessions& compiled) {
  if (!compare_with_now(options, session, last)) return std::nullopt;
  const OutputOptions output = output_options(options, session, signals);
  if (!compiled)
    if (const auto code = replay_build(options, session, last, output)) return code;
  return build_part(options, last, session, output, compiled);
}

// One build. Nothing when its memory is damaged: then it has to be done without.
static std::optional<int> build(const Options& options, StopSignals& signals, bool with_memory, const BuildHooks& hooks) {
  std::deque<Session>& sessions = lasting_sessions();
  if (const auto stop = prepare(options, sessions)) return *stop;
  if (!has_output(options, sessions)) return kUsage;
  for (Session& session : sessions) session.request.keep = wants_provenance(options) ? Keep::Trees : Keep::Texts;
  if (with_memory)
    if (std::optional<LastBuild> last = look_around(options, sessions, hooks))
      if (const auto code = build_again(options, *last, sessions.front(), signals, hooks.compiled)) return *code;
  run_pipeline(options, sessions);
  if (hooks.compiled) hooks.compiled(sessions);
  for (Session& session : sessions) add_passthrough(session.request.project, session.result, session.request.only);
  const int code = exit_code(sessions);
  const bool blocked = code != kFine && !((code == kFindings || code == kBug) && options.flag("keep-going"));
  std::vector<std::vector<OutputFile>> files;
  for (Session& session : sessions) {
    fetch_sources(options, session);
    files.push_back(blocked ? std::vector<OutputFile>() : print(options, session));
    if (!fetch_texts(files.back(), session)) return std::nullopt;
  }
  Told told;
  if (!tell(options, Findings(sessions), told)) return kInputOutput;
  if (blocked) {
    for (Session& session : sessions) print_summary(options, session, nullptr), save_memory(session);
    return code;
  }
  const bool streams = sessions.front().request.project.output == "-";
  std::vector<OutputResult> results;
  const std::optional<int> written = streams ? stream(options, sessions, files.front().front().text) : write_folders(options, sessions, files, signals, results);
  if (!written) return std::nullopt;
  if (results.size() == 1 && *written == kFine) {
    keep_build(options, sessions.front(), files.front(), told, results.front(), code);
  } else {
    for (Session& session : sessions) save_memory(session);
  }
  if (*written == kFine && !write_depfile(options, sessions)) return kInputOutput;
  return *written == kFine ? code : *written;
}

int build_and_tell(const Options& options, const BuildHooks& hooks) {
  StopSignals signals;  // before any other thread
  if (const auto code = build(options, signals, true, hooks)) return *code;
  return build(options, signals, false, hooks).value_or(kBug);
}

int run_build(const Options& options) { return build_and_tell(options, {}); }

}  // namespace isvcc
