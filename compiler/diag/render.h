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
  size_t limit = 100;  // findings shown by the text form; the rest is counted
};

using Renderer = std::string (*)(const std::deque<Diagnostic>&, const Sources&, const RenderOptions&);

// Like a compiler's: file:line:column, the line with the span underlined, notes, KServe's own text, what to do.
std::string render_text(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);

// A JSON array of objects with the keys of docs/json-report.md.
std::string render_json(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options);

struct ReportFormat {
  std::string_view name;
  Renderer render;
};
std::span<const ReportFormat> report_formats();
const ReportFormat* find_report_format(std::string_view name);

}  // namespace isvcc
