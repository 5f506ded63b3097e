#include <signal.h>
#include <unistd.h>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"
#include "driver/passthrough.h"
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
  const Project& project = session.request.project;
  return {.layout = find_layout(project.layout).value_or(Layout::Tree),
          .file_per = find_file_per(project.file_per).value_or(FilePer::Service),
          .threads = session.request.load.threads};
}

static constexpr int kReaderGone = 128 + SIGPIPE;

static int stream(const Options& options, Session& session) {
  Diagnostics problems;
  switch (stream_text(STDOUT_FILENO, print_stream(layout_objects(session.result.manifests)), problems)) {
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
          .durable = options.flag("durable"),
          .wait = !options.flag("no-wait"),
          .force = options.flag("force"),
          .threads = session.request.load.threads,
          .stop = &stop};
}

static int write_folder(const Options& options, Session& session, StopSignals& stop) {
  Compilation& result = session.result;
  PhaseTimer emitting(result.statistics, "emit");
  const std::vector<OutputFile> files = lay_out(layout_objects(result.manifests), layout_options(session), result.arenas.emplace_back());
  uint64_t bytes = 0;
  for (const OutputFile& file : files) bytes += file.text.size();
  emitting.done(files.size(), bytes);
  PhaseTimer writing(result.statistics, "write");
  Diagnostics problems;
  const OutputResult written = write_tree(files, output_options(options, session, stop), problems);
  writing.done(written.written);
  print_summary(options, session, &written);
  if (written.ok) return kFine;
  result.diags.append(std::move(problems));
  report_findings(options, session);
  return kInputOutput;
}

int run_build(const Options& options) {
  StopSignals signals;  // before any other thread
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  if (session.request.project.output.empty()) {
    print_error("build needs -o DIR (or `output:` in isvcc.yaml); `-o -` streams to standard output");
    return kUsage;
  }
  session.request.keep = Keep::Texts;
  run_pipeline(options, session);
  add_passthrough(session.request.project, session.result);
  if (!report_findings(options, session)) return kInputOutput;
  const int code = exit_code(session);
  const bool blocked = code != kFine && !(code == kFindings && options.flag("keep-going"));
  if (blocked) {
    print_summary(options, session, nullptr);
    return code;
  }
  const int written = session.request.project.output == "-" ? stream(options, session) : write_folder(options, session, signals);
  return written == kFine ? code : written;
}

}  // namespace isvcc
