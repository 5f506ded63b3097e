// What `isvcc help` prints.
#include <algorithm>

#include "base/text.h"
#include "driver/options.h"

namespace isvcc {

static constexpr size_t kOptionColumn = 34;
static constexpr size_t kWidelyShared = 9;  // an option of so many commands says little about one of them

std::string general_help() {
  std::string out = "isvcc: an offline compiler for KServe manifests\n\nusage: isvcc COMMAND [PATH…] [OPTIONS]\n\ncommands:\n";
  size_t width = 0;
  for (const VerbRow& verb : verbs()) width = std::max(width, verb.name.size());
  for (const VerbRow& verb : verbs()) out += cat("  ", verb.name, std::string(width + 2 - verb.name.size(), ' '), verb.summary, '\n');
  return out + "\n`isvcc help COMMAND` lists the options of a command.\n";
}

static std::string example_lines(std::string_view verb) {
  std::string out;
  for (const ExampleRow& row : examples_of(verb)) out += cat("  ", row.command, "\n      ", row.summary, '\n');
  return out.empty() ? out : cat("\nexamples:\n", out);
}

static std::string option_line(const OptionRow& row) {
  std::string left = cat(row.letter ? cat("  -", row.letter, ", ") : std::string("      "), "--", row.name, row.argument.empty() ? "" : cat(' ', row.argument));
  left.append(left.size() < kOptionColumn ? kOptionColumn - left.size() : 1, ' ');
  return cat(left, row.help, '\n');
}

static bool is_limit(const OptionRow& row) { return starts_with(row.help, "limit: "); }
static bool is_shared(const OptionRow& row) { return row.verbs == "*" || split(row.verbs, ' ').size() >= kWidelyShared; }

// The command's own options, then what most commands have.
static std::string option_lines(std::string_view verb) {
  std::string own, shared, limits;
  for (const OptionRow& row : options_of(verb)) (is_limit(row) ? limits : is_shared(row) ? shared : own) += option_line(row);
  if (!own.empty()) own.insert(0, "\noptions:\n");
  if (!shared.empty()) shared.insert(0, "\noptions of most commands, each also as a variable (--kserve: ISVCC_KSERVE):\n");
  if (!limits.empty()) limits.insert(0, "\nlimits:\n");
  return cat(own, shared, limits);
}

std::string verb_help(std::string_view verb) {
  for (const VerbRow& row : verbs())
    if (row.name == verb) return cat("usage: isvcc ", row.name, ' ', row.arguments, "\n\n", row.summary, '\n', example_lines(verb), option_lines(verb));
  return general_help();
}

static std::string in_units(uint64_t value, std::string_view words) {
  if (words.find("bytes") == std::string_view::npos && words.find("space") == std::string_view::npos) return cat(value);
  static constexpr std::pair<uint64_t, std::string_view> kUnits[] = {{1u << 30, " GiB"}, {1u << 20, " MiB"}, {1u << 10, " KiB"}};
  for (const auto& [size, unit] : kUnits)
    if (value >= size && value % size == 0) return cat(value / size, unit);
  return cat(value);
}

std::string limits_markdown() {
  std::string out = "| limit | default | option |\n|---|---|---|\n";
#define LIMIT(name, value, flag, words) out += cat("| ", words, " | ", in_units(value, words), " | `", flag, "` |\n");
#include "load/limits.def"
#undef LIMIT
  return out;
}

}  // namespace isvcc
