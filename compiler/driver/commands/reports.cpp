#include "driver/commands/reports.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/json_text.h"
#include "base/text.h"
#include "diag/render.h"
#include "driver/assumptions.h"

namespace isvcc {

static bool write_file(const std::string& path, const std::string& text) {
  std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  const bool fine = file && std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
  if (!fine) print_error(cat("cannot write the report ", quote(path), ": ", std::string_view(std::strerror(errno))));
  if (file && file != stdout) std::fclose(file);
  return fine;
}

static std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

static std::string service_json(const ServiceResult& s) {
  std::string out = cat("{\"namespace\": ", quoted(s.service->namespace_), ", \"name\": ", quoted(s.service->name),
                        ", \"failed\": ", s.failure ? "true" : "false");
  if (s.plan) out += cat(", \"deploymentMode\": ", quoted(mode_name(s.plan->mode)));
  if (s.plan && s.plan->runtime)
    out += cat(", \"runtime\": {\"kind\": ", quoted(s.plan->runtime->kind), ", \"name\": ", quoted(s.plan->runtime->name), "}");
  if (s.failure && !s.failure->reason.empty()) out += cat(", \"failureReason\": ", quoted(s.failure->reason));
  if (s.failure) out += cat(", \"failureMessage\": ", quoted(s.failure->message));
  return out + "}";
}

static std::string services_json(const Session& session) {
  std::string out;
  for (const ServiceResult& s : session.result.services)
    if (s.admitted) out += cat(out.empty() ? "\n    " : ",\n    ", service_json(s));
  return out.empty() ? "[]" : cat("[", out, "\n  ]");
}

static std::string assumptions_json(const Session& session) {
  std::string out;
  for (const Assumption& a : assumptions_of(session.result))
    out += cat(out.empty() ? "\n    " : ",\n    ", "{\"id\": ", quoted(a.id), ", \"text\": ", quoted(a.text), "}");
  return out.empty() ? "[]" : cat("[", out, "\n  ]");
}

std::string json_report(const Session& session) {
  const RenderOptions all{.limit = SIZE_MAX};
  return cat("{\n  \"diagnostics\": ", render_json(session.result.diags.all(), session.result.sources, all), ",\n  \"services\": ", services_json(session), ",\n  \"assumptions\": ",
             assumptions_json(session), "\n}\n");
}

bool write_report(const std::string& wanted, const Session& session, bool& text_shown) {
  const size_t equals = wanted.find('=');
  const std::string format = wanted.substr(0, equals), path = equals == std::string::npos ? "-" : wanted.substr(equals + 1);
  if (format == "json") return write_file(path, json_report(session));
  const ReportFormat* known = find_report_format(format);
  if (!known) {
    std::vector<std::string_view> names = {"json"};
    for (const ReportFormat& f : report_formats()) names.push_back(f.name);
    print_error(cat("unknown report format ", quote(format), "; known: ", join(names, ", ")));
    return false;
  }
  text_shown = text_shown || (format == "text" && path == "-");
  return write_file(path, known->render(session.result.diags.all(), session.result.sources, {.limit = SIZE_MAX}));
}

}  // namespace isvcc
