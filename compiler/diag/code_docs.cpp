#include "diag/code_docs.h"

#include "base/text.h"

namespace isvcc {

std::string explain_code(const CodeInfo& code) { return cat(severity_name(code.severity), ' ', code.id, ": ", code.title, "\n\n", code.help, '\n'); }

std::string diagnostics_markdown() {
  std::string out = "# Diagnostics\n\nGenerated from `compiler/diag/codes/`. `isvcc explain CODE` prints one of them. Codes are stable and never reused.\n\n";
  out += "| code | severity | meaning |\n|---|---|---|\n";
  for (const Code code : all_codes()) out += cat("| [", info(code).id, "](#", to_lower(info(code).id), ") | ", severity_name(info(code).severity), " | ", info(code).title, " |\n");
  for (const Code code : all_codes()) out += cat("\n## ", info(code).id, "\n\n**", info(code).title, "** (", severity_name(info(code).severity), ")\n\n", info(code).help, '\n');
  return out;
}

}  // namespace isvcc
