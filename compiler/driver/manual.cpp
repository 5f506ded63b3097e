#include "driver/manual.h"

#include "base/text.h"
#include "driver/options.h"

namespace isvcc {

// A line of text: dashes that are no hyphens, nothing that troff would take for a request.
static std::string roff(std::string_view text) {
  std::string out = replace_all(replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  out = replace_all(replace_all(std::move(out), "…", "..."), "'", "\\(aq");
  return starts_with(out, ".") ? cat("\\&", out) : out;
}

static std::string head(std::string_view name, std::string_view version, std::string_view summary) {
  return cat(".TH ", roff(to_lower(name)), " 1 \"\" \"isvcc ", roff(version), "\" \"isvcc manual\"\n.SH NAME\n", roff(name), " \\- ", roff(summary), '\n');
}

static std::string option_entry(const OptionRow& row) {
  const std::string letter = row.letter ? cat("\\fB\\-", row.letter, "\\fR, ") : std::string();
  const std::string argument = row.argument.empty() ? std::string() : cat(" \\fI", roff(row.argument), "\\fR");
  return cat(".TP\n", letter, "\\fB\\-\\-", roff(row.name), "\\fR", argument, '\n', roff(row.help), '\n');
}

static std::string example_entries(std::string_view verb) {
  std::string out;
  for (const ExampleRow& row : examples_of(verb)) out += cat(".TP\n\\fB", roff(row.command), "\\fR\n", roff(row.summary), '\n');
  return out;
}

static constexpr std::string_view kExitStatus =
    ".SH EXIT STATUS\n.TP\n0\nfine\n.TP\n1\nfindings, refused input or, for a comparison, differences\n.TP\n2\nusage or configuration\n.TP\n3\ninput or output failed\n"
    ".TP\n70\na bug in isvcc\n";

static constexpr std::string_view kEnvironment =
    ".SH ENVIRONMENT\n.TP\n\\fBISVCC_\\fIOPTION\\fR\nthe value of an option that is not given, for example ISVCC_FILE_PER for \\fB\\-\\-file\\-per\\fR\n"
    ".TP\n\\fBJSONNET_PATH\\fR\nfolders of Jsonnet libraries, the left\\-most wins\n.TP\n\\fBNO_COLOR\\fR\nno colors\n";

std::string manual_page(std::string_view version) {
  std::string out = head("isvcc", version, "an offline compiler for KServe manifests");
  out += ".SH SYNOPSIS\n\\fBisvcc\\fR \\fICOMMAND\\fR [\\fIPATH\\fR...] [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n"
         "Reads InferenceServices, runtimes and what belongs to them from YAML, JSON and Jsonnet files, and writes the objects that a cluster with KServe\n"
         "would make of them: without a cluster, without the network.\n.SH COMMANDS\n";
  for (const VerbRow& verb : verbs()) out += cat(".TP\n\\fBisvcc ", verb.name, "\\fR ", roff(verb.arguments), '\n', roff(verb.summary), '\n');
  out += cat(kExitStatus, kEnvironment, ".SH FILES\n.TP\n\\fIisvcc.yaml\\fR\nthe project file, in the root of the repository\n"
                                        ".TP\n\\fI.isvccignore\\fR\nfiles that are not read, as in .gitignore\n.SH SEE ALSO\n");
  std::string pages;
  for (const VerbRow& verb : verbs()) pages += cat(pages.empty() ? "" : ",\n", "\\fBisvcc\\-", roff(verb.name), "\\fR(1)");
  return out + pages + '\n';
}

std::string manual_page_of(std::string_view name, std::string_view version) {
  for (const VerbRow& verb : verbs()) {
    if (verb.name != name) continue;
    std::string out = head(cat("isvcc-", name), version, verb.summary);
    out += cat(".SH SYNOPSIS\n\\fBisvcc ", name, "\\fR ", roff(verb.arguments), " [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n", roff(verb.summary), "\n.SH OPTIONS\n");
    for (const OptionRow& row : options_of(name)) out += option_entry(row);
    out += ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nshow help\n";
    if (const std::string examples = example_entries(name); !examples.empty()) out += cat(".SH EXAMPLES\n", examples);
    return cat(out, kExitStatus, kEnvironment, ".SH SEE ALSO\n\\fBisvcc\\fR(1)\n");
  }
  return {};
}

}  // namespace isvcc
