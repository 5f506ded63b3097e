// GitLab Code Quality: an array of issues. Issues with one fingerprint are dropped there, so it never depends on the line.
#include "base/json_text.h"
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

static std::string_view severity_word(Severity severity) {
  static constexpr std::string_view kWords[] = {"major", "minor", "info"};
  return kWords[static_cast<size_t>(severity)];
}

static void write_issue(JsonWriter& json, const Diagnostic& d, Places& places, Fingerprints& fingerprints) {
  const Place place = places.of(d.span);
  const std::string object = object_words(d.object);
  json.begin_object().member("description", cat(object, object.empty() ? "" : ": ", all_words(d, "; "))).member("check_name", info(d.code).id);
  json.member("fingerprint", fingerprints.of(d, place.file)).member("severity", severity_word(d.severity));
  // A place is asked for even where there is none.
  json.key("location").begin_object().member("path", place.file.empty() ? std::string_view("isvcc.yaml") : place.file);
  json.key("lines").begin_object().member("begin", place.has_lines() ? place.begin.line : 1).end_object();
  json.end_object().end_object();
}

std::string render_gitlab(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) {
  std::string out;
  JsonWriter json(out, 2);
  Places places(sources);
  Fingerprints fingerprints;
  json.begin_array();
  for (const Diagnostic& d : diags) write_issue(json, d, places, fingerprints);
  json.end_array();
  return out + '\n';
}

}  // namespace isvcc
