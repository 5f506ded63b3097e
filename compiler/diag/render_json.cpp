#include "base/json_text.h"
#include "diag/places.h"
#include "diag/render.h"

namespace isvcc {
namespace {

void write_object(JsonWriter& json, const ObjectRef& object) {
  json.key("object").begin_object().member("kind", object.kind).member("namespace", object.namespace_).member("name", object.name).end_object();
}

// Lines mean nothing in what a Jsonnet file evaluated to: there the JSON path is the place.
void write_place(JsonWriter& json, Span span, Places& places) {
  const Place place = places.of(span);
  if (place.file.empty()) return;
  json.member("file", place.file);
  if (!place.has_lines()) return;
  json.member("line", place.begin.line).member("column", place.begin.column).member("endLine", place.end.line).member("endColumn", place.end.column);
}

void write_labels(JsonWriter& json, const Diagnostic& d, Places& places) {
  if (d.labels.empty()) return;
  json.key("labels").begin_array();
  for (const Label& label : d.labels) {
    json.begin_object().member("message", label.text);
    write_place(json, label.span, places);
    json.end_object();
  }
  json.end_array();
}

void write_clusters(JsonWriter& json, const Diagnostic& d) {
  if (d.clusters.empty()) return;
  json.key("clusters").begin_array();
  for (const std::string& cluster : d.clusters) json.text(cluster);
  json.end_array();
}

void write_fixes(JsonWriter& json, const Diagnostic& d, Places& places) {
  if (d.fixes.empty()) return;
  json.key("fixes").begin_array();
  for (const FixIt& fix : d.fixes) {
    json.begin_object().member("replacement", fix.replacement);
    write_place(json, fix.span, places);
    json.end_object();
  }
  json.end_array();
}

void write_diagnostic(JsonWriter& json, const Diagnostic& d, Places& places) {
  json.begin_object();
  json.member("severity", severity_name(d.severity)).member("stage", stage_name(d.stage)).member("code", info(d.code).id).member("message", d.message);
  json.member_if("upstream", d.upstream).member_if("hint", d.hint).member_if("path", d.path);
  write_object(json, d.object);
  write_clusters(json, d);
  write_place(json, d.span, places);
  write_labels(json, d, places);
  write_fixes(json, d, places);
  json.end_object();
}

}  // namespace

std::string render_json(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) {
  std::string out;
  JsonWriter json(out, 2);
  Places places(sources);
  json.begin_array();
  for (const Diagnostic& d : diags) write_diagnostic(json, d, places);
  json.end_array();
  return out;
}

}  // namespace isvcc
