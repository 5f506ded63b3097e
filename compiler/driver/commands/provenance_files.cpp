#include "driver/commands/provenance_files.h"

#include <map>
#include <tuple>

#include "base/text.h"
#include "driver/commands/printed_objects.h"
#include "review/facts.h"
#include "review/provenance.h"

namespace isvcc {
namespace {

// The line that can be ended with a comment and still mean the same; 0 when there is none.
size_t line_for_comment(const PrintedLine& line) { return line.block ? line.line : line.last; }

std::string short_words(const ValueOrigin& origin) {
  if (origin.file.empty() || origin.at.line == 0) return origin_words(origin);
  return cat(printable(origin.file), ':', origin.at.line);
}

std::map<size_t, std::string> comments(const std::vector<PrintedLine>& lines, Provenance& provenance) {
  std::map<size_t, std::string> out;
  for (const PrintedLine& line : lines)
    if (line.leaf() && line_for_comment(line) != 0) out[line_for_comment(line)] = short_words(provenance.of(line.value));
  return out;
}

std::string commented(std::string_view text, const std::map<size_t, std::string>& comments) {
  std::string out;
  size_t number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    out += text.substr(0, end);
    if (const auto comment = comments.find(++number); comment != comments.end()) out += cat("  # ", comment->second);
    if (end == std::string_view::npos) break;
    out += '\n';
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string table(const std::vector<PrintedLine>& lines, Provenance& provenance) {
  std::string out = "line\tobject\tpath\torigin\n";
  for (const PrintedLine& line : lines)
    if (line.leaf()) out += cat(line.line, '\t', long_name(line.object), '\t', printable(line.path), '\t', provenance.words(line.value), '\n');
  return out;
}

void add_sidecar(const OutputFile& file, const std::vector<PrintedLine>& lines, Provenance& provenance, std::vector<OutputFile>& sidecars) {
  if (!lines.empty()) sidecars.push_back({cat(file.path, ".provenance"), table(lines, provenance), file.part});
}

}  // namespace

bool wants_provenance(const Options& options) { return options.value("provenance").value_or("none") != "none"; }

void add_provenance(const Options& options, const Session& session, std::vector<OutputFile>& files) {
  if (!wants_provenance(options)) return;
  Arena arena;
  Provenance provenance(session.result.sources, arena);
  const PrintedObjects printed(session.result.manifests);
  std::vector<OutputFile> sidecars;
  for (OutputFile& file : files) {
    const std::string text = file.text.text();
    const std::vector<PrintedLine> lines = printed.lines(text, arena);
    if (options.value("provenance") == "sidecar") add_sidecar(file, lines, provenance, sidecars);
    else file.text = commented(text, comments(lines, provenance));
  }
  files.insert(files.end(), sidecars.begin(), sidecars.end());
}

}  // namespace isvcc
