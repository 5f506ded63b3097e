#include "diag/code_docs.h"

#include <map>
#include <vector>

#include "base/text.h"

namespace isvcc {

static std::string wrapped(std::string_view text) {
  static constexpr size_t kWidth = 80;
  std::string out;
  size_t column = 0;
  for (std::string_view word : split(text, ' ')) {
    const bool fits = column + 1 + word.size() <= kWidth;
    if (column > 0) out += fits ? ' ' : '\n';
    column = (column > 0 && fits ? column + 1 : 0) + word.size();
    out += word;
  }
  return out + '\n';
}

std::string explain_code(const CodeInfo& code) {
  return cat(wrapped(cat(severity_name(code.severity), ' ', code.id, ": ", code.title)), '\n', wrapped(code.help));
}

// By the two digits after the letter: the ranges of diag/codes/all.def.
static std::string_view area_of(std::string_view id) {
  static constexpr std::string_view kAreas[] = {"Project and configuration", "Reading files", "Schemas", "Admission", "Selection of modes and runtimes", "Merging",
                                                "Injection into pods", "Rendering", "Output", "References between objects", "Review", "Pinning"};
  const auto number = static_cast<size_t>(parse_int(id.substr(1, 2)).value_or(99));
  return number < std::size(kAreas) ? kAreas[number] : "Other";
}

static std::string table_row(const CodeInfo& code) {
  return cat("| [", code.id, "](#", to_lower(code.id), ") | ", severity_name(code.severity), " | ", replace_all(std::string(code.title), "|", "\\|"), " |\n");
}

std::string diagnostics_markdown() {
  std::map<std::string_view, std::vector<const CodeInfo*>> areas;  // by the two digits
  for (const Code code : all_codes()) areas[info(code).id.substr(1, 2)].push_back(&info(code));
  std::string out = "# Diagnostics\n\nGenerated from `compiler/diag/codes/`. `isvcc explain CODE` prints one of them. Codes are stable and never reused.\n";
  for (const auto& [digits, codes] : areas) {
    out += cat("\n## ", area_of(codes.front()->id), "\n\n| code | severity | meaning |\n|---|---|---|\n");
    for (const CodeInfo* code : codes) out += table_row(*code);
    for (const CodeInfo* code : codes) out += cat("\n### ", code->id, "\n\n**", code->title, "** (", severity_name(code->severity), ")\n\n", code->help, '\n');
  }
  return out;
}

}  // namespace isvcc
