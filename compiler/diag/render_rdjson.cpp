// reviewdog's diagnostic format, as one document or one line a finding. Lines and columns from 1, columns in bytes.
#include "base/json_text.h"
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

static std::string_view severity_word(Severity severity) {
  static constexpr std::string_view kWords[] = {"ERROR", "WARNING", "INFO"};
  return kWords[static_cast<size_t>(severity)];
}

static void write_source(JsonWriter& json) { json.key("source").begin_object().member("name", "isvcc").end_object(); }

static void write_range(JsonWriter& json, const Place& place) {
  json.key("range").begin_object();
  json.key("start").begin_object().member("line", place.begin.line).member("column", place.begin.column).end_object();
  json.key("end").begin_object().member("line", place.end.line).member("column", place.end.column).end_object();
  json.end_object();
}

static void write_suggestions(JsonWriter& json, const Diagnostic& d, Places& places) {
  if (d.fixes.empty()) return;
  json.key("suggestions").begin_array();
  for (const FixIt& fix : d.fixes) {
    const Place place = places.of(fix.span);
    if (!place.has_lines()) continue;
    json.begin_object();
    write_range(json, place);
    json.member("text", fix.replacement).end_object();
  }
  json.end_array();
}

static void write_members(JsonWriter& json, const Diagnostic& d, Places& places) {
  const Place place = places.of(d.span);
  json.member("message", all_words(d, "\n"));
  json.key("location").begin_object().member("path", place.file);
  if (place.has_lines()) write_range(json, place);
  json.end_object();
  json.member("severity", severity_word(d.severity));
  json.key("code").begin_object().member("value", info(d.code).id).end_object();
  write_suggestions(json, d, places);
}

std::string render_rdjson(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) {
  std::string out;
  JsonWriter json(out, 2);
  Places places(sources);
  json.begin_object();
  write_source(json);
  json.key("diagnostics").begin_array();
  for (const Diagnostic& d : diags) {
    json.begin_object();
    write_members(json, d, places);
    json.end_object();
  }
  json.end_array().end_object();
  return out + '\n';
}

std::string render_rdjsonl(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) {
  std::string out;
  Places places(sources);
  for (const Diagnostic& d : diags) {
    JsonWriter json(out);
    json.begin_object();
    write_members(json, d, places);
    write_source(json);
    json.end_object();
    out += '\n';
  }
  return out;
}

}  // namespace isvcc
