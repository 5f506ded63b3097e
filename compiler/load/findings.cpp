#include "load/findings.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static Span span(FileId file, size_t begin, size_t end) { return {file, static_cast<uint32_t>(begin), static_cast<uint32_t>(std::max(begin, end))}; }

void report(const Problem& problem, FileId file, Diagnostics& diags) {
  Diagnostic& d = diags.report(problem.code, Stage::Load, span(file, problem.begin, problem.end), problem.message).hinting(problem.hint);
  if (!problem.label.empty()) d.label(span(file, problem.label_at, problem.label_at), problem.label);
}

void report(const std::vector<Remark>& remarks, FileId file, Diagnostics& diags) {
  for (const Remark& r : remarks) diags.report(r.code, Stage::Load, span(file, r.begin, r.end), r.message).hinting(r.hint);
}

static void report(const Duplicate& duplicate, FileId file, Diagnostics& diags) {
  static constexpr Code kCodes[] = {Code::DuplicateKey, Code::MergeReplacesKey, Code::MergedKeyReplaced};
  static constexpr std::string_view kWords[] = {" is given twice; the last value counts", " is replaced by a merged value", " replaces a merged value"};
  const Field& first = duplicate.first;
  const Field& second = duplicate.second;
  diags.report(kCodes[duplicate.kind], Stage::Strict, span(file, second.key_offset, second.key_offset + second.key_size),
               cat("key ", quote(second.key()), kWords[duplicate.kind]))
      .label(span(file, first.key_offset, first.key_offset + first.key_size), "first given here");
}

void report(const std::vector<Duplicate>& duplicates, FileId file, Diagnostics& diags) {
  for (const Duplicate& d : duplicates) report(d, file, diags);
}

// ---- explanations

namespace {
struct Saying {
  std::string_view theirs, ours, hint;
};
constexpr Saying kSayings[] = {
    {"mapping values are not allowed in this context", "a mapping cannot start here", "quote the value if it contains ': ', or mend the indentation"},
    {"did not find expected key", "a key is expected here", "the indentation differs from that of the keys above, or text follows a closed quote"},
    {"could not find expected ':'", "a colon is missing after a key", "every line of a mapping is `key: value`"},
    {"did not find expected '-' indicator", "a list item is expected here", "items of one list start with dashes in one column"},
    {"block sequence entries are not allowed in this context", "a list cannot start here", "put the first dash on the next line"},
    {"mapping keys are not allowed in this context", "a key cannot start here", {}},
    {"did not find expected node content", "a value is expected here", {}},
    {"did not find expected ',' or ']'", "a list in brackets does not end", "close it with ']'; items are separated by commas"},
    {"did not find expected ',' or '}'", "a mapping in braces does not end", "close it with '}'; entries are separated by commas"},
    {"found unexpected end of stream", "a quoted text does not end", "close the quote"},
    {"found unexpected document indicator", "a quoted text does not end before the next document", "close the quote"},
    {"found a tab character that violates indentation", "a tab cannot indent", "indent with spaces"},
    {"found a tab character where an indentation space is expected", "a tab cannot indent", "indent with spaces"},
    {"found unknown escape character", "an unknown escape in double quotes", "YAML knows \\n, \\t, \\\", \\\\, \\x41, \\u00e9; single quotes need no escapes"},
    {"did not find expected <document start>", "a directive must be followed by a line `---`", {}},
    {"did not find expected comment or line break", "text follows where the line should end", "quote the value if it starts with '|' or '>'"},
    {"while scanning a simple key", "a key is longer than a line may be", {}},
};

std::string_view line_of(std::string_view text, size_t at) {
  at = std::min(at, text.size());
  const size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, text.find('\n', begin) - begin);
}

// The first line that starts with `mark` after blanks; npos when there is none.
size_t find_line(std::string_view text, size_t begin, size_t end, std::string_view mark, bool indented) {
  const std::string_view part = text.substr(0, end);
  for (size_t at = part.find(mark, begin); at != std::string_view::npos; at = part.find(mark, at + 1)) {
    size_t start = at;
    while (indented && start > begin && (part[start - 1] == ' ' || part[start - 1] == '\t')) --start;
    if (start == begin || part[start - 1] == '\n') return at;
  }
  return std::string_view::npos;
}
}  // namespace

static bool explain_conflict(Problem& problem, std::string_view text, size_t begin, size_t end) {
  const size_t at = find_line(text, begin, end, "<<<<<<< ", false);
  if (at == std::string_view::npos) return false;
  problem = {Code::ConflictMarkers, at, at + 7, "a merge conflict was left in the file", "resolve the conflict and commit the result", 0, {}};
  return true;
}

static bool explain_template(Problem& problem, std::string_view text, size_t begin, size_t end) {
  const size_t at = find_line(text, begin, end, "{{", true);
  if (at != std::string_view::npos) {
    problem = {Code::UnrenderedTemplate, at, at + 2, "template text that was not rendered", "render it first: `helm template … | isvcc build -`", 0, {}};
    return true;
  }
  if (!contains(line_of(text, problem.begin), "{{")) return false;
  problem.hint = "quote values that contain {{…}}; a Helm chart has to be rendered first";
  return true;
}

// A character that no value may start with.
static bool explain_character(Problem& problem, std::string_view text) {
  if (problem.message != "found character that cannot start any token" || problem.begin >= text.size()) return false;
  const char c = text[problem.begin];
  problem.message = c == '\t' ? "a tab cannot indent or separate here" : cat("a value cannot start with ", quote(text.substr(problem.begin, 1)));
  problem.hint = c == '\t' ? "indent with spaces" : "quote the value";
  return true;
}

void explain(Problem& problem, std::string_view text, size_t begin, size_t end) {
  if (problem.code != Code::InvalidYaml && problem.code != Code::BadKey) return;
  if (explain_conflict(problem, text, begin, end) || explain_template(problem, text, begin, end) || explain_character(problem, text)) return;
  for (const Saying& saying : kSayings) {
    if (problem.message != saying.theirs) continue;
    problem.message = saying.ours;
    problem.hint = saying.hint;
    return;
  }
}

}  // namespace isvcc
