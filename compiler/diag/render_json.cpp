#include "base/json_text.h"
#include "diag/render.h"

namespace isvcc {
namespace {

void write_object(JsonWriter& json, const ObjectRef& object) {
  json.key("object").begin_object().member("kind", object.kind).member("namespace", object.namespace_).member("name", object.name).end_object();
}

// Lines mean nothing in what a Jsonnet file evaluated to: there the JSON path is the place.
void write_place(JsonWriter& json, Span span, const Sources& sources) {
  if (span.file == 0) return;
  const Source& source = sources.get(span.file);
  json.member("file", source.name);
  if (source.generated) return;
  const LineColumn at = sources.position(span.file, span.begin), end = sources.position(span.file, span.end);
  json.member("line", at.line).member("column", at.column).member("endLine", end.line).member("endColumn", end.column);
}

void write_labels(JsonWriter& json, const Diagnostic& d, const Sources& sources) {
  if (d.labels.empty()) return;
  json.key("labels").begin_array();
  for (const Label& label : d.labels) {
    json.begin_object().member("message", label.text);
    write_place(json, label.span, sources);
    json.end_object();
  }
  json.end_array();
}

void write_fixes(JsonWriter& json, const Diagnostic& d, const Sources& sources) {
  if (d.fixes.empty()) return;
  json.key("fixes").begin_array();
  for (const FixIt& fix : d.fixes) {
    json.begin_object().member("replacement", fix.replacement);
    write_place(json, fix.span, sources);
    json.end_object();
  }
  json.end_array();
}

void write_diagnostic(JsonWriter& json, const Diagnostic& d, const Sources& sources) {
  json.begin_object();
  json.member("severity", severity_name(d.severity)).member("stage", stage_name(d.stage)).member("code", info(d.code).id).member("message", d.message);
  json.member_if("upstream", d.upstream).member_if("hint", d.hint).member_if("path", d.path);
  write_object(json, d.object);
  write_place(json, d.span, sources);
  write_labels(json, d, sources);
  write_fixes(json, d, sources);
  json.end_object();
}

}  // namespace

std::string render_json(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_array();
  for (const Diagnostic& d : diags) write_diagnostic(json, d, sources);
  json.end_array();
  return out;
}

}  // namespace isvcc
