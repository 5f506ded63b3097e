// TAP version 14: every finding is a test point, errors are not ok. https://testanything.org
#include "base/json_text.h"
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

// '#' begins a directive, '\' escapes.
static std::string description(std::string_view text) { return replace_all(replace_all(printable(text), "\\", "\\\\"), "#", "\\#"); }

// JSON strings are YAML strings.
static void add_member(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out += cat("  ", key, ": ");
  append_json_string(out, value);
  out += '\n';
}

static void add_point(std::string& out, size_t number, const Diagnostic& d, Places& places) {
  const Place place = places.of(d.span);
  const bool error = d.severity == Severity::Error;
  out += cat(error ? "not ok " : "ok ", number, " - ", error ? "" : cat(severity_name(d.severity), ": "), description(d.message), "\n  ---\n");
  add_member(out, "code", info(d.code).id);
  add_member(out, "severity", severity_name(d.severity));
  add_member(out, "object", object_words(d.object));
  add_member(out, "path", d.path);
  add_member(out, "file", place.file);
  if (place.has_lines()) out += cat("  line: ", place.begin.line, "\n  column: ", place.begin.column, '\n');
  add_member(out, "upstream", d.upstream);
  add_member(out, "help", d.hint);
  out += "  ...\n";
}

std::string render_tap(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) {
  if (diags.empty()) return "TAP version 14\n1..1\nok 1 - no findings\n";
  Places places(sources);
  std::string out = cat("TAP version 14\n1..", diags.size(), '\n');
  size_t number = 0;
  for (const Diagnostic& d : diags) add_point(out, ++number, d, places);
  return out;
}

}  // namespace isvcc
