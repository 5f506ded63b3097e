#include "driver/commands/summary.h"

#include <cmath>
#include <cstdio>
#include <set>

#include "base/console.h"
#include "base/text.h"
#include "driver/assumptions.h"

namespace isvcc {

static std::string count_of(uint64_t count, std::string_view one, std::string_view many) { return cat(count, ' ', count == 1 ? one : many); }

static size_t runtimes_used(const Session& session) {
  std::set<const Object*> used;
  for (const ServiceResult& s : session.result.services)
    if (s.plan && s.plan->runtime) used.insert(s.plan->runtime->object);
  return used.size();
}

static size_t warnings(const Session& session) {
  size_t n = 0;
  for (const Diagnostic& d : session.result.diags.all()) n += d.severity == Severity::Warning;
  return n;
}

static std::string seconds(double milliseconds) {
  const auto hundredths = std::llround(milliseconds / 10);
  return cat(hundredths / 100, '.', hundredths % 100 < 10 ? "0" : "", hundredths % 100, " s");
}

static std::string names_of_changes(const OutputResult& written) {
  std::string out;
  for (const std::string& path : written.written_files) out += cat("\n  wrote ", printable(path));
  for (const std::string& path : written.removed_files) out += cat("\n  removed ", printable(path));
  const size_t named = written.written_files.size() + written.removed_files.size(), all = written.written + written.removed;
  return all > named ? cat(out, "\n  and ", all - named, " more") : out;
}

Summary summary_of(const Session& session) {
  const Compilation& result = session.result;
  Summary out{{}, result.services.size(), result.manifests.size(), runtimes_used(session), result.errors(), warnings(session)};
  for (const Assumption& a : assumptions_of(result)) out.assumptions.push_back(a.text);
  return out;
}

void print_summary(const Options& options, const std::string& cluster, const Summary& summary, double milliseconds, const OutputResult* written) {
  if (options.flag("quiet")) return;
  const bool watches = options.verb == "watch";
  const std::string isvcc = cluster.empty() ? "isvcc: " : cat("isvcc: ", cluster, ": ");
  std::string out;
  if (!watches)
    for (const std::string& assumption : summary.assumptions) out += cat(isvcc, "assuming that ", assumption, '\n');
  out += cat(isvcc, count_of(summary.services, "service", "services"), ", ", count_of(summary.objects, "object", "objects"), ", ",
             count_of(summary.runtimes_used, "runtime used", "runtimes used"), ", ", seconds(milliseconds));
  if (written) out += cat("; ", count_of(written->written, "file", "files"), " written, ", written->unchanged, " unchanged, ", written->removed, " removed");
  else if (summary.errors > 0 && (options.verb == "build" || watches)) out += "; nothing was written";
  if (written && watches) out += names_of_changes(*written);
  if (summary.errors > 0 || summary.warnings > 0) out += cat('\n', isvcc, count_of(summary.errors, "error", "errors"), ", ", count_of(summary.warnings, "warning", "warnings"));
  out += '\n';
  put(stderr, out);
}

void print_summary(const Options& options, const Session& session, const OutputResult* written) {
  const Statistics& statistics = session.result.statistics;
  if (options.flag("stats")) put(stderr, statistics.table());
  if (!options.flag("quiet")) print_summary(options, session.cluster(), summary_of(session), statistics.total_milliseconds(), written);
}

}  // namespace isvcc
