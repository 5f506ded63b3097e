#include "driver/commands/diff_output.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/pager.h"
#include "emit/output_file.h"
#include "review/diff/print_html.h"
#include "review/diff/print_json.h"
#include "review/diff/print_markdown.h"
#include "review/diff/print_text.h"

namespace isvcc {
namespace {

bool write_one(const std::string& path, const std::string& text) {
  Diagnostics problems;
  const bool fine = write_file(path, text, {}, problems).ok;
  for (const Diagnostic& d : problems.all()) print_error(cat("cannot write the report: ", d.message));
  return fine;
}

// "diff.md" → "diff.2.md"
std::string numbered(const std::string& path, size_t number) {
  const size_t slash = path.rfind('/'), dot = path.rfind('.');
  const bool has_extension = dot != std::string::npos && dot > 0 && (slash == std::string::npos || dot > slash + 1);
  return has_extension ? cat(path.substr(0, dot), '.', number, path.substr(dot)) : cat(path, '.', number);
}

// Parts of an earlier run with more of them: a script that posts all parts would post those, too. Only what begins as our parts do is ours.
void remove_old_parts(const std::string& path, size_t first) {
  for (size_t number = first;; ++number) {
    const auto old = read_small_file(numbered(path, number), 4 << 20);
    if (!old || !starts_with(*old, "<!-- ") || !contains(std::string_view(*old).substr(0, 300), cat(" part ", number, "/"))) return;
    (void)std::remove(numbered(path, number).c_str());
  }
}

bool write_parts(const std::string& path, const std::vector<std::string>& parts) {
  for (size_t i = 0; i < parts.size(); ++i)
    if (!write_one(i == 0 ? path : numbered(path, i + 1), parts[i])) return false;
  if (path != "/dev/stdout" && path != "/dev/null") remove_old_parts(path, parts.size() + 1);
  return true;
}

std::optional<diff::MarkdownOptions> markdown_options(const Options& options) {
  diff::MarkdownOptions out;
  std::string error;
  out.most_characters = options.number("max-chars", error).value_or(out.most_characters);
  out.most_parts = options.number("max-parts", error).value_or(0);
  out.marker = options.value("marker").value_or(out.marker);
  out.full_report = options.value("full-report").value_or("");
  if (error.empty()) return out;
  print_error(error);
  return std::nullopt;
}

bool write_markdown(const Options& options, const diff::Report& report, const std::string& path) {
  const auto settings = markdown_options(options);
  if (!settings) return false;
  const std::vector<std::string> parts = diff::print_markdown(report, *settings);
  return path == "-" ? show(options, join(parts, "\n")) : write_parts(path, parts);
}

}  // namespace

bool read_filters(const Options& options, diff::Filter& filter) {
  std::string error;
  if (filter.add({options.values("ignore-kind"), options.values("ignore-path"), options.values("ignore-value")}, error)) return true;
  print_error(error);
  return false;
}

int diff_answer(bool asked, const diff::Report& report) {
  if (!asked) return kFine;
  if (!report.errors.appeared.empty()) return kUsage;
  return report.same() ? kFine : kFindings;
}

bool show(const Options& options, const std::string& text) {
  const char* pager = std::getenv("PAGER");
  const std::string command = pager ? pager : "less";
  const bool paged = isatty(STDOUT_FILENO) && !options.flag("no-pager") && !command.empty() && command != "cat";
  if (paged && page(command, text)) return true;
  Diagnostics problems;
  const bool fine = write_stream(STDOUT_FILENO, text, problems) != Streaming::Failed;
  for (const Diagnostic& d : problems.all()) print_error(d.message);
  return fine;
}

bool write_diff(const Options& options, const diff::Report& report, const std::string& format) {
  const std::string path = options.value("output").value_or("-");
  if (format == "markdown") return write_markdown(options, report, path);
  const bool color = path == "-" && wants_color(options, STDOUT_FILENO);
  const std::string text = format == "json" ? diff::print_json(report) : format == "html" ? diff::print_html(report) : diff::print_text(report, {.color = color});
  return path == "-" ? show(options, text) : write_one(path, text);
}

}  // namespace isvcc
