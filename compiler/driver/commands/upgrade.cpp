#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/facts.h"
#include "driver/sides.h"
#include "review/diff/print_text.h"
#include "review/diff/report.h"
#include "review/upgrade.h"

namespace isvcc {

// One reading serves both releases; only what they make of it differs.
static void compile_for(const Options& options, Release release, const Session& loaded, Session& session) {
  session.request = loaded.request;
  session.request.project.kserve = release_name(release);
  session.request.reuse = &loaded.result;
  run_pipeline(options, session);
}

int run_upgrade(const Options& options) {
  Session before;
  if (const auto stop = prepare(options, before)) return *stop;
  const auto from = find_release(options.value("from").value_or(before.request.project.kserve));
  const auto to = find_release(options.value("to").value_or(std::string(release_name(kLatestRelease))));
  if (!from || !to) {
    print_error(cat("unknown KServe release ", quote(*options.value(from ? "to" : "from")), "; `isvcc version` lists the known ones"));
    return kUsage;
  }
  before.request.project.kserve = release_name(*from);
  before.request.lint = false;
  run_pipeline(options, before);
  Session after;
  compile_for(options, *to, before, after);
  const diff::Side a = side_of(before.result, std::string(release_name(*from))), b = side_of(after.result, std::string(release_name(*to)));
  const diff::Report report = diff::compare_sides(a, b, {.threads = before.request.load.threads});
  print_out(cat(diff::print_text(report, {.color = after.color}), release_notes(*from, *to)));
  return options.flag("exit-code") && !report.same() ? kFindings : kFine;
}

}  // namespace isvcc
