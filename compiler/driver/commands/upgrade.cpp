#include <unistd.h>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/diff_output.h"
#include "driver/commands/facts.h"
#include "driver/passthrough.h"
#include "driver/sides.h"
#include "review/diff/print_text.h"
#include "review/upgrade.h"

namespace isvcc {
namespace {

struct Releases {
  Release from, to;
};

std::optional<Releases> releases_of(const Options& options, const Project& project) {
  const std::string names[] = {options.value("from").value_or(project.kserve), options.value("to").value_or(std::string(release_name(kLatestRelease)))};
  for (const std::string& name : names)
    if (!find_release(name)) {
      print_error(cat("unknown KServe release ", quote(name), "; `isvcc version` lists the known ones"));
      return std::nullopt;
    }
  return Releases{*find_release(names[0]), *find_release(names[1])};
}

// Compiles the session's project as for another release.
void compile_for(const Options& options, Release release, Session& session) {
  session.request.project.kserve = release_name(release);
  session.request.lint = false;
  run_pipeline(options, session);
  add_passthrough(session.request.project, session.result);
}

bool write_upgrade(const Options& options, const diff::Report& report, const Releases& releases, const std::string& format) {
  if (format != "text" || options.value("output").value_or("-") != "-") return write_diff(options, report, format);
  const std::string text = diff::print_text(report, {.color = wants_color(options, STDOUT_FILENO)});
  return show(options, text + release_notes(releases.from, releases.to));
}

}  // namespace

int run_upgrade(const Options& options) {
  const auto format = output_format(options, {"text", "markdown", "json", "html"});
  diff::ReportOptions settings;
  if (!format || !read_filters(options, settings.filter)) return kUsage;
  Session before, after;
  if (const auto stop = prepare(options, before)) return *stop;
  const auto releases = releases_of(options, before.request.project);
  if (!releases) return kUsage;
  settings.threads = before.request.load.threads;
  compile_for(options, releases->from, before);
  // One reading serves both releases; only what they make of it differs.
  after.request = before.request;
  after.request.reuse = &before.result;
  compile_for(options, releases->to, after);
  const diff::Side a = side_of(before.result, std::string(release_name(releases->from))), b = side_of(after.result, std::string(release_name(releases->to)));
  const diff::Report report = diff::compare_sides(a, b, settings);
  return write_upgrade(options, report, *releases, *format) ? diff_answer(options.flag("exit-code"), report) : kInputOutput;
}

}  // namespace isvcc
