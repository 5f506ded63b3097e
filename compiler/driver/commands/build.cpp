#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/project_files.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"
#include "driver/depfile.h"
#include "driver/passthrough.h"
#include "driver/printing.h"
#include "emit/layouts.h"
#include "emit/output_file.h"
#include "emit/output_tree.h"

namespace isvcc {

static std::vector<LayoutObject> layout_objects(const std::vector<Manifest>& manifests) {
  std::vector<LayoutObject> objects;
  objects.reserve(manifests.size());
  for (const Manifest& m : manifests) objects.push_back({m.node, m.api_version, m.kind, m.namespace_, m.name, m.owner ? m.owner->name : std::string_view(), m.text});
  return objects;
}

static LayoutOptions layout_options(const Session& session) {
  LayoutOptions options = layout_options(session.request.project);
  options.shard = session.request.shard;
  options.threads = session.request.load.threads;
  return options;
}

static constexpr int kReaderGone = 128 + SIGPIPE;

static int stream(const Options& options, Session& session) {
  Diagnostics problems;
  std::vector<LayoutObject> objects = layout_objects(session.result.manifests);
  std::erase_if(objects, [&](const LayoutObject& o) { return !session.request.shard.has_namespace(o.namespace_); });
  switch (stream_text(STDOUT_FILENO, print_stream(std::move(objects)), problems)) {
    case Streaming::Done: return kFine;
    case Streaming::Closed: return kReaderGone;
    case Streaming::Failed: break;
  }
  session.result.diags.append(std::move(problems));
  report_findings(options, session);
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
          .stop = &stop};
}

static int write_folder(const Options& options, Session& session, StopSignals& stop, Diagnostics& problems) {
  Compilation& result = session.result;
  PhaseTimer emitting(result.statistics, "emit");
  const std::vector<OutputFile> files = lay_out(layout_objects(result.manifests), layout_options(session), result.arenas.emplace_back());
  uint64_t bytes = 0;
  for (const OutputFile& file : files) bytes += file.text.size();
  emitting.done(files.size(), bytes);
  PhaseTimer writing(result.statistics, "write");
  const OutputResult written = write_tree(files, output_options(options, session, stop), problems);
  writing.done(written.written);
  print_summary(options, session, &written);
  return written.ok ? kFine : kInputOutput;
}

static int write_folders(const Options& options, std::deque<Session>& sessions, StopSignals& stop) {
  int worst = kFine;
  for (Session& session : sessions) {
    Diagnostics problems;
    worst = std::max(worst, write_folder(options, session, stop, problems));
    session.result.diags.append(std::move(problems));
  }
  if (worst != kFine) report_findings(options, sessions);
  return worst;
}

// Where the objects go: false, already reported, when that is nowhere or not for all clusters at once.
static bool has_output(const Options& options, const std::deque<Session>& sessions) {
  for (const Session& session : sessions) {
    const std::string& output = session.request.project.output;
    if (output == "-" && options.value("depfile") && !options.value("depfile-target")) print_error("--depfile with `-o -` needs --depfile-target");
    else if (output.empty()) print_error("build needs -o DIR (or `output:` in isvcc.yaml); `-o -` streams to standard output");
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

int run_build(const Options& options) {
  StopSignals signals;  // before any other thread
  std::deque<Session> sessions;
  if (const auto stop = prepare(options, sessions)) return *stop;
  if (!has_output(options, sessions)) return kUsage;
  for (Session& session : sessions) session.request.keep = Keep::Texts;
  run_pipeline(options, sessions);
  for (Session& session : sessions) add_passthrough(session.request.project, session.result);
  if (!report_findings(options, sessions)) return kInputOutput;
  const int code = exit_code(sessions);
  const bool blocked = code != kFine && !(code == kFindings && options.flag("keep-going"));
  if (blocked) {
    for (const Session& session : sessions) print_summary(options, session, nullptr);
    return code;
  }
  const bool streams = sessions.front().request.project.output == "-";
  const int written = streams ? stream(options, sessions.front()) : write_folders(options, sessions, signals);
  if (written == kFine && !write_depfile(options, sessions)) return kInputOutput;
  return written == kFine ? code : written;
}

}  // namespace isvcc
