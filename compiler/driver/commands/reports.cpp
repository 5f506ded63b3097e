#include "driver/commands/reports.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/console.h"
#include "base/json_text.h"
#include "base/text.h"
#include "diag/render.h"
#include "driver/assumptions.h"
#include "emit/output_file.h"

namespace isvcc {

static constexpr std::string_view kJsonBracket = "\\u005b";

static bool write_text(const std::string& path, const std::string& text, const std::string& root) {
  Diagnostics problems;
  const bool fine = path == "-" ? write_stream(STDOUT_FILENO, text, problems) != Streaming::Failed : write_file(path, text, {.trusted_root = root}, problems).ok;
  for (const Diagnostic& d : problems.all()) print_error(cat("cannot write the report: ", d.message));
  return fine;
}

// A report may be printed into a log of Azure Pipelines, which obeys "##vso[…" wherever it stands.
static std::string without_commands(std::string text, std::string_view bracket) {
  static constexpr std::string_view kCommand = "##vso[";
  for (size_t at = text.find(kCommand); at != std::string::npos; at = text.find(kCommand, at)) text.replace(at + kCommand.size() - 1, 1, bracket);
  return text;
}

static void write_service(JsonWriter& json, const ServiceResult& s, const Session& session) {
  json.begin_object().member_if("cluster", session.cluster()).member("namespace", s.service->namespace_).member("name", s.service->name).key("failed").boolean(s.failure.has_value());
  if (s.plan) json.member("deploymentMode", mode_name(s.plan->mode));
  if (s.plan && s.plan->runtime) json.key("runtime").begin_object().member("kind", s.plan->runtime->kind).member("name", s.plan->runtime->name).end_object();
  if (s.failure) json.member_if("failureReason", s.failure->reason).member("failureMessage", s.failure->message);
  json.end_object();
}

static std::string json_report(const Findings& findings) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().key("diagnostics").raw(render_json(findings.all(), findings.sources(), {}));
  json.key("services").begin_array();
  for (const Session* session : findings.sessions())
    for (const ServiceResult& s : session->result.services)
      if (s.admitted) write_service(json, s, *session);
  json.end_array().key("assumptions").begin_array();
  for (const Session* session : findings.sessions())
    for (const Assumption& a : assumptions_of(session->result)) json.begin_object().member_if("cluster", session->cluster()).member("id", a.id).member("text", a.text).end_object();
  json.end_array().end_object();
  return out + '\n';
}

std::string json_report(const Session& session) { return json_report(Findings(session)); }

static std::string report_text(const ReportFormat& format, const Findings& findings) {
  const CheckCount& count = findings.sessions().front()->count;  // every cluster reads the same sources
  std::string text = format.render(findings.all(), findings.sources(), {.limit = SIZE_MAX, .checked = count.valid + count.invalid, .skipped = count.skipped});
  if (format.name == "junit") return without_commands(std::move(text), "&#91;");
  return format.name == "azure" ? text : without_commands(std::move(text), kJsonBracket);
}

static bool refuse_format(std::string_view format) {
  std::vector<std::string_view> names = {"json"};
  for (const ReportFormat& f : report_formats()) names.push_back(f.name);
  print_error(cat("unknown report format ", quote(format), "; known: ", join(names, ", ")));
  return false;
}

// The findings that were not told before, as people read them.
static std::string findings_text(const Options& options, const Findings& findings) {
  const auto& told_before = findings.sessions().front()->told_before;
  std::deque<Diagnostic> news;
  if (told_before) std::remove_copy_if(findings.all().begin(), findings.all().end(), std::back_inserter(news), told_before);
  return render_text(told_before ? news : findings.all(), findings.sources(), {.color = wants_color(options, STDERR_FILENO)});
}

// False, reported, when a report has an unknown format; the others are made.
static bool make_reports(const Options& options, const Findings& findings, Told& told) {
  bool text_shown = false, fine = true;
  for (const std::string& wanted : options.values("report")) {
    const size_t equals = wanted.find('=');
    const std::string format = wanted.substr(0, equals), path = equals == std::string::npos ? "-" : wanted.substr(equals + 1);
    const ReportFormat* known = find_report_format(format);
    if (format == "json") told.reports.push_back({path, without_commands(json_report(findings), kJsonBracket)});
    else if (known) told.reports.push_back({path, report_text(*known, findings)});
    else fine = refuse_format(format);
    text_shown = text_shown || (format == "text" && path == "-");
  }
  if (!text_shown && !findings.all().empty()) told.text = findings_text(options, findings);
  return fine;
}

bool deliver(const Told& told, const std::string& root) {
  bool fine = true;
  for (const Told::Report& report : told.reports) fine = write_text(report.path, report.text, root) && fine;
  put(stderr, told.text);
  return fine;
}

bool tell(const Options& options, const Findings& findings, Told& told) {
  const bool fine = make_reports(options, findings, told);
  return deliver(told, findings.sessions().front()->request.root) && fine;
}

}  // namespace isvcc
