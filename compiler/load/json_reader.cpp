#include <algorithm>

#include "base/text.h"
#include "load/encoding.h"
#include "load/findings.h"
#include "load/json_parser.h"
#include "load/reader.h"

namespace isvcc {

static constexpr size_t kMaxDuplicates = 1000;  // reported for one file

// The first value that is broken ends the reading: where the next one begins is anyone's guess.
static std::vector<const Node*> read_values(std::string_view text, FileId file, TreeBuilder tree, Scratch& scratch) {
  std::vector<const Node*> documents;
  const size_t begin = starts_with(text, kByteOrderMark) ? kByteOrderMark.size() : 0;
  if (const auto bad = scan_utf8(text.substr(begin)).bad) {
    report({Code::BadEncoding, begin + bad->offset, begin + bad->offset + 1, bad->problem, "save the file as UTF-8", 0, {}}, file, scratch.diags);
    return documents;
  }
  JsonParser parser(text, begin, tree, scratch.arena);
  size_t duplicates = 0;
  while (!parser.at_end()) {
    tree.reset();
    if (!parser.value()) {
      report(tree.problem(), file, scratch.diags);
      return documents;
    }
    if (duplicates < kMaxDuplicates) report(tree.duplicates(), file, scratch.diags);
    duplicates += tree.duplicates().size();
    if (!View(tree.last()).is_null()) documents.push_back(tree.last());
  }
  return documents;
}

std::vector<const Node*> read_json(std::string_view text, FileId file, const Limits& limits, Scratch& scratch) {
  return read_values(text, file, TreeBuilder(file, limits, scratch.arena), scratch);
}

// ---- single trusted values

static std::string first_error(std::string_view text, const Diagnostics& diags) {
  for (const Diagnostic& d : diags.all()) {
    if (d.severity != Severity::Error || d.stage != Stage::Load) continue;
    const size_t at = std::min<size_t>(d.span.begin, text.size());
    return cat("line ", std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1, ": ", d.message);
  }
  return {};
}

static const Node* only_value(std::string_view text, const std::vector<const Node*>& values, const Diagnostics& diags, Arena& arena, std::string* error) {
  std::string problem = first_error(text, diags);
  if (problem.empty() && values.size() > 1) problem = "more than one value";
  if (error) *error = problem;
  if (!problem.empty()) return nullptr;
  return values.empty() ? Make(arena).null() : values.front();
}

const Node* parse_json(std::string_view text, Arena& arena, std::string* error, Origin made) {
  Diagnostics diags;
  Scratch scratch{arena, diags};
  if (trim(text).empty()) {
    if (error) *error = "the text is empty";
    return nullptr;
  }
  const Limits limits;
  return only_value(text, read_values(arena.copy(text), 0, TreeBuilder(0, limits, arena, made), scratch), diags, arena, error);
}

const Node* parse_yaml(std::string_view text, Arena& arena, std::string* error) {
  Diagnostics diags;
  Scratch scratch{arena, diags};
  return only_value(text, read_yaml(arena.copy(text), 0, YamlEngine::LibYaml, Limits(), scratch), diags, arena, error);
}

}  // namespace isvcc
