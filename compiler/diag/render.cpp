#include "diag/render.h"

namespace isvcc {

static constexpr ReportFormat kFormats[] = {
    {"text", render_text},     {"sarif", render_sarif},           {"junit", render_junit},   {"tap", render_tap},
    {"github", render_github}, {"gitlab-codequality", render_gitlab}, {"azure", render_azure},   {"rdjson", render_rdjson},
    {"rdjsonl", render_rdjsonl}, {"kubeconform", render_kubeconform},
};

std::span<const ReportFormat> report_formats() { return kFormats; }

const ReportFormat* find_report_format(std::string_view name) {
  if (name == "gitlab") name = "gitlab-codequality";
  for (const ReportFormat& format : kFormats)
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace isvcc
