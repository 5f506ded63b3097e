#include "diag/render.h"

namespace isvcc {

static constexpr ReportFormat kFormats[] = {
    {"text", render_text},
};

std::span<const ReportFormat> report_formats() { return kFormats; }

const ReportFormat* find_report_format(std::string_view name) {
  for (const ReportFormat& format : kFormats)
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace isvcc
