#pragma once
// Findings as text for people and machines: one function a format, all listed in report_formats().
#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace isvcc {

struct RenderOptions {
  bool color = false;
  size_t limit = 100;  // findings shown by the forms that people read in a log (text, github, azure); the rest is counted
  std::string_view version = {};  // of isvcc, for SARIF
  size_t checked = 0, skipped = 0;  // objects that were checked or not, for kubeconform's summary
};

using Renderer = std::string (*)(const std::deque<Diagnostic>&, const Sources&, const RenderOptions&);

// Like a compiler's: file:line:column, the line with the span underlined, notes, KServe's own text, what to do.
std::string render_text(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);

// A JSON array of objects with the keys of docs/json-report.md.
std::string render_json(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);

// For code scanning, test reports, merge requests, reviewdog and pipelines: one format each, named in the file render_<format>.cpp.
std::string render_sarif(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_junit(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_tap(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_github(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_azure(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_gitlab(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_rdjson(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_rdjsonl(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);
std::string render_kubeconform(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);

// All but JSON, which is part of the driver's report.
struct ReportFormat {
  std::string_view name;
  Renderer render;
};
std::span<const ReportFormat> report_formats();
const ReportFormat* find_report_format(std::string_view name);

}  // namespace isvcc
