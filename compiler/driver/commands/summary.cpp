#include "driver/commands/summary.h"

#include <cstdio>
#include <set>

#include "base/text.h"
#include "driver/assumptions.h"

namespace isvcc {

static std::string count_of(size_t count, std::string_view one, std::string_view many) { return cat(count, ' ', count == 1 ? one : many); }

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
  const auto hundredths = static_cast<int64_t>(milliseconds / 10 + 0.5);
  return cat(hundredths / 100, '.', hundredths % 100 < 10 ? "0" : "", hundredths % 100, " s");
}

static std::string names_of_changes(const OutputResult& written) {
  std::string out;
  for (const std::string& path : written.written_files) out += cat("\n  wrote ", printable(path));
  for (const std::string& path : written.removed_files) out += cat("\n  removed ", printable(path));
  const size_t named = written.written_files.size() + written.removed_files.size(), all = written.written + written.removed;
  return all > named ? cat(out, "\n  and ", all - named, " more") : out;
}

void print_summary(const Options& options, const Session& session, const OutputResult* written) {
  const Compilation& result = session.result;
  const std::string isvcc = session.cluster().empty() ? "isvcc: " : cat("isvcc: ", session.cluster(), ": ");
  std::string out;
  if (options.flag("stats")) out += result.statistics.table();
  if (!options.flag("quiet")) {
    if (options.verb != "watch")
      for (const Assumption& a : assumptions_of(result)) out += cat(isvcc, "assuming that ", a.text, '\n');
    out += cat(isvcc, count_of(result.services.size(), "service", "services"), ", ", count_of(result.manifests.size(), "object", "objects"), ", ",
               count_of(runtimes_used(session), "runtime used", "runtimes used"), ", ", seconds(result.statistics.total_milliseconds()));
    if (written) out += cat("; ", count_of(written->written, "file", "files"), " written, ", written->unchanged, " unchanged, ", written->removed, " removed");
    else if (result.errors() > 0 && (options.verb == "build" || options.verb == "watch")) out += "; nothing was written";
    if (written && options.verb == "watch") out += names_of_changes(*written);
    if (result.errors() > 0 || warnings(session) > 0)
      out += cat('\n', isvcc, count_of(result.errors(), "error", "errors"), ", ", count_of(warnings(session), "warning", "warnings"));
    out += '\n';
  }
  std::fwrite(out.data(), 1, out.size(), stderr);
}

}  // namespace isvcc
