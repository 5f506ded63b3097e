// pin: the runtime that each service gets by itself is named in its source, edited with as few bytes as that takes.
#include <algorithm>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/pipe.h"
#include "driver/commands/session.h"
#include "driver/pins/source_pins.h"
#include "emit/output_file.h"
#include "emit/stop_signals.h"
#include "load/read_once.h"

namespace isvcc {
namespace {

// Which runtime wins depends on the whole project: it is read, and what the command line names is edited.
struct Target {
  ProjectFiles files;
  std::vector<std::string> only;  // relative to the root; empty: everything
};

std::optional<Target> find_target(const Options& options, std::string& error) {
  auto files = find_project(options.value("project"), options.arguments, error);
  if (!files) return std::nullopt;
  Target target{std::move(*files), {}};
  const auto& named = target.files.sources;
  if (!target.files.file.empty() && std::find(named.begin(), named.end(), "-") == named.end()) target.only.swap(target.files.sources);
  return target;
}

std::optional<int> compile_all(const Options& options, const Target& target, std::shared_ptr<const FileSystem> folder, std::deque<Session>& sessions) {
  if (const auto stop = prepare(options, target.files, std::move(folder), sessions)) return stop;
  for (Session& session : sessions) session.request.lint = false, session.request.only = target.only;
  run_pipeline(options, sessions);
  return std::nullopt;
}

// Edited sources are compiled, too: whatever is printed or written gives the services that the project has now.
bool prove(const Options& options, const Target& target, const std::shared_ptr<const FileSystem>& folder, SourcePins& pins) {
  for (bool held = false; !held && pins.count() > 0;) {
    const FileTexts texts = pins.texts();
    std::deque<Session> again;
    if (compile_all(options, target, std::make_shared<OverlayFiles>(folder, texts), again)) return false;
    held = pins.hold(again);
  }
  return true;
}

std::string patch(const SourcePins& pins) {
  std::string out;
  for (const auto& [file, edits] : pins.edits()) out += patch_of(file, pins.source_text(file), edits);
  return out;
}

int write_sources(const Options& options, const std::string& root, const SourcePins& pins, StopSignals& stop) {
  for (const auto& [file, text] : pins.texts()) {
    Diagnostics problems;
    const FileOptions how{.trusted_root = root, .durable = options.flag("durable"), .stop = &stop, .edits = pins.source_text(file)};
    if (write_file(cat(root, '/', file), text, how, problems).ok) continue;
    for (const Diagnostic& d : problems.all()) print_error(d.hint.empty() ? d.message : cat(d.message, ": ", d.hint));
    return kInputOutput;
  }
  return kFine;
}

void say(const Options& options, const SourcePins& pins) {
  if (options.flag("quiet")) return;
  const size_t services = pins.count(), files = pins.edits().size();
  if (services == 0) print_error("every service names its runtime, or cannot be edited");
  else print_error(cat(services, services == 1 ? " service" : " services", options.flag("in-place") ? " pinned in " : " to pin in ", files, files == 1 ? " file" : " files"));
}

}  // namespace

int run_pin(const Options& options) {
  StopSignals stop;  // before any other thread
  std::string error;
  const auto target = find_target(options, error);
  std::shared_ptr<const FileSystem> folder = target ? std::shared_ptr<const FileSystem>(open_folder(target->files.root, error)) : nullptr;
  if (!folder) {
    print_error(error);
    return kUsage;
  }
  folder = read_once(std::move(folder));
  std::deque<Session> sessions;
  if (const auto code = compile_all(options, *target, folder, sessions)) return *code;
  const int broken = exit_code(sessions);
  if (broken != kFine && !(broken == kFindings && options.flag("keep-going"))) {
    report_findings(options, sessions);
    print_error("nothing is pinned as long as there are errors: a runtime that cannot be read may be the right one; see --keep-going");
    return broken;
  }
  if (!target->only.empty() && std::all_of(sessions.begin(), sessions.end(), [](const Session& s) { return s.result.services.empty(); })) {
    print_error(cat("no service of the project is in ", join(target->only, ", ")));
    return kUsage;
  }
  SourcePins pins(sessions, *folder);
  if (!prove(options, *target, folder, pins)) return kUsage;
  for (Session& session : sessions) session.result.diags.sort(session.result.sources);
  if (!report_findings(options, sessions)) return kInputOutput;
  const int done = options.flag("in-place") ? write_sources(options, target->files.root, pins, stop) : print_all(patch(pins));
  if (done != kFine) return done;
  say(options, pins);
  const int found = exit_code(sessions);
  return found == kFine && options.flag("exit-code") && pins.count() > 0 ? kFindings : found;
}

}  // namespace isvcc
