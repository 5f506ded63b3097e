// Workflow commands: lines that GitHub Actions and Azure Pipelines turn into annotations. The only place where output
// may begin with "::" or "##vso".
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

struct Escape {
  char character;
  std::string_view text;
};

static std::string escaped(std::string_view text, std::initializer_list<Escape> escapes) {
  std::string out;
  for (char c : text) {
    std::string_view as(&c, 1);
    for (const Escape& escape : escapes)
      if (escape.character == c) as = escape.text;
    out += as;
  }
  return out;
}

// ---- GitHub: ::error file=F,line=L,…::message

static std::string github_data(std::string_view text) { return escaped(text, {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}}); }

static std::string github_property(std::string_view text) {
  return escaped(printable(text), {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}});
}

static std::string github_line(const Diagnostic& d, Places& places) {
  static constexpr std::string_view kCommands[] = {"error", "warning", "notice"};
  const Place place = places.of(d.span);
  std::string out = cat("::", kCommands[static_cast<size_t>(d.severity)], ' ');
  if (!place.file.empty()) out += cat("file=", github_property(place.file), ',');
  if (place.has_lines()) {
    out += cat("line=", place.begin.line, ",endLine=", place.end.line, ',');
    // GitHub shows columns only within one line.
    if (place.begin.line == place.end.line) out += cat("col=", place.begin.column, ",endColumn=", place.end.column, ',');
  }
  const std::string object = object_words(d.object);
  out += cat("title=", github_property(cat(info(d.code).id, object.empty() ? "" : " ", object)), "::", github_data(all_words(d, "\n")));
  return out + '\n';
}

static std::string hidden_words(size_t hidden) { return cat(hidden, " more findings are in the other reports"); }

std::string render_github(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options) {
  Places places(sources);
  std::string out;
  const std::vector<const Diagnostic*> all = errors_first(diags);  // only the first ten of a kind are shown
  for (size_t i = 0; i < std::min(all.size(), options.limit); ++i) out += github_line(*all[i], places);
  if (all.size() > options.limit) out += cat("::notice::", hidden_words(all.size() - options.limit), '\n');
  return out;
}

// ---- Azure Pipelines: ##vso[task.logissue type=error;sourcepath=F;…]message

static std::string azure_data(std::string_view text) { return escaped(text, {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}}); }

static std::string azure_property(std::string_view text) {
  return escaped(printable(text), {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}, {';', "%3B"}, {']', "%5D"}});
}

static std::string azure_line(const Diagnostic& d, Places& places) {
  const Place place = places.of(d.span);
  std::string out = cat("##vso[task.logissue type=", d.severity == Severity::Error ? "error" : "warning", ';');
  if (!place.file.empty()) out += cat("sourcepath=", azure_property(place.file), ';');
  if (place.has_lines()) out += cat("linenumber=", place.begin.line, ";columnnumber=", place.begin.column, ';');
  return out + cat("code=", info(d.code).id, ']', azure_data(all_words(d, "; ")), '\n');
}

std::string render_azure(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options) {
  Places places(sources);
  std::string out;
  const std::vector<const Diagnostic*> all = errors_first(diags);
  for (size_t i = 0; i < std::min(all.size(), options.limit); ++i) out += azure_line(*all[i], places);
  return out;
}

}  // namespace isvcc
