#include "load/yaml_reader.h"

#include <algorithm>

#include "base/text.h"
#include "load/encoding.h"
#include "load/fast_yaml.h"
#include "load/findings.h"
#include "load/json_parser.h"
#include "load/yaml_engine.h"

namespace isvcc {

YamlReader::YamlReader(std::string_view text, FileId file, YamlParser parser, const Limits& limits, Scratch& scratch)
    : file_(file), parser_(parser), scratch_(scratch), builder_(text, file, limits, scratch.arena) {}

// ---- before parsing

// Nothing but blanks before `at` in its line: files were joined, and parsers differ in whether the mark becomes part of a key.
static bool starts_line(std::string_view text, size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') return true;
  const std::string_view before = text.substr(0, at);
  return ends_with(before, "\xC2\x85") || ends_with(before, "\xE2\x80\xA8") || ends_with(before, "\xE2\x80\xA9") || ends_with(before, kByteOrderMark);
}

bool YamlReader::check_text(const Piece& piece, bool& ascii) {
  const std::string_view text = builder_.text().substr(piece.begin, piece.end - piece.begin);
  const TextScan scan = scan_yaml_text(text);
  ascii = scan.ascii;
  if (scan.bad) {
    const size_t at = piece.begin + scan.bad->offset;
    return builder_.fail({Code::BadEncoding, at, at + 1, scan.bad->problem, "save the file as UTF-8; write control characters as escapes in double quotes", 0, {}});
  }
  if (ascii) return true;
  for (size_t i = text.find(kByteOrderMark); i != std::string_view::npos; i = text.find(kByteOrderMark, i + 1))
    if (starts_line(text, i))
      return builder_.fail({Code::BadEncoding, piece.begin + i, piece.begin + i + 3, "a byte order mark in the middle of the file", "remove the three bytes", 0, {}});
  return true;
}

static bool is_yaml_11(std::string_view line) {
  if (!starts_with(line, "%YAML ")) return false;
  const std::string_view words = trim(line.substr(6));
  return starts_with(words, "1.1") && (words.size() == 3 || words[3] == ' ' || words[3] == '\t');
}

// Only directives in front of the document count; the parser finds misplaced ones.
bool YamlReader::check_directives(const Piece& piece) {
  bool directive = false;
  for (size_t at = piece.begin; at < piece.end;) {
    const size_t end = std::min(builder_.text().find('\n', at), piece.end);
    const std::string_view line = builder_.text().substr(at, end - at);
    const std::string_view words = trim(line);
    if (!words.empty() && words[0] != '#' && line[0] != '%') {
      if (!directive || starts_with(line, "---")) return true;
      break;
    }
    if (!line.empty() && line[0] == '%') directive = true;
    if (!line.empty() && line[0] == '%' && !is_yaml_11(line))
      return builder_.fail({Code::InvalidYaml, at, end, cat("the directive ", quote(words, 40), " is not supported"), "remove the line; Kubernetes reads YAML 1.1", 0, {}});
    at = end + 1;
  }
  if (!directive) return true;
  return builder_.fail({Code::InvalidYaml, piece.begin, piece.begin, "did not find expected <document start>", {}, 0, {}});
}

// ---- one document

bool YamlReader::parse(const Piece& piece, bool ascii) {
  if (parser_ == YamlParser::Fast) {
    if (read_fast(builder_, piece.begin, piece.end, ascii)) return true;
    builder_.reset();
  }
  if (parser_ == YamlParser::YamlCpp) return read_with_yaml_cpp(builder_, piece.begin, piece.end, ascii);
  return read_with_libyaml(builder_, piece.begin, piece.end, ascii);
}

const Node* YamlReader::give_up(const Piece& piece) {
  Problem problem = builder_.tree().problem();
  explain(problem, builder_.text(), piece.begin, piece.end);
  report(problem, file_, scratch_.diags);
  ++failures_;
  return nullptr;
}

// A file of many documents could fill the memory with findings; errors have a count of their own, so that none hides behind warnings.
static constexpr size_t kMaxFindings = 1000;

void YamlReader::report_findings() {
  if (duplicates_ < kMaxFindings) report(builder_.tree().duplicates(), file_, scratch_.diags);
  duplicates_ += builder_.tree().duplicates().size();
  if (remarks_ >= kMaxFindings) return;
  report(builder_.tree().replaced(), file_, scratch_.diags);
  report(builder_.remarks(), file_, scratch_.diags);
  remarks_ += builder_.tree().replaced().size() + builder_.remarks().size();
}

const Node* YamlReader::read(const Piece& piece) {
  builder_.reset();
  if (piece.bad_separator) {
    const std::string_view line = trim(builder_.text().substr(piece.begin, piece.end - piece.begin));
    builder_.fail({Code::BadSeparator, piece.begin, piece.begin + line.size(), cat("text follows the document separator: ", quote(line, 60)), "put it on the next line", 0, {}});
    return give_up(piece);
  }
  bool ascii = true;
  if (!check_text(piece, ascii) || !check_directives(piece) || !parse(piece, ascii)) return give_up(piece);
  report_findings();
  return View(builder_.root()).is_null() ? nullptr : builder_.root();
}

// ---- a file

// Documents that are broken one after the other say nothing new.
static constexpr size_t kMaxFailures = 100;

static void read_pieces(std::string_view text, size_t from, YamlReader& reader, std::vector<const Node*>& documents, FileId file, Scratch& scratch) {
  Splitter splitter(text, from);
  for (Piece piece; splitter.next(piece);) {
    if (const Node* document = reader.read(piece)) documents.push_back(document);
    if (reader.failures() < kMaxFailures) continue;
    report({Code::LimitExceeded, piece.end, piece.end, cat("more than ", kMaxFailures, " broken documents; the rest of the file was not read"), {}, 0, {}}, file, scratch.diags);
    return;
  }
}

static bool looks_like_json(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n\v\f");
  return first != std::string_view::npos && text[first] == '{';
}

// Where YAML begins after JSON: behind blanks up to the end of a line.
static size_t behind_line(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
  return at < text.size() && text[at] == '\n' ? at + 1 : at;
}

// A text that starts with a brace is JSON as far as it goes: YAML takes over when the first or second value is none, and never
// after that. Returns where YAML begins; the end of the text when all is read. Mirrors NewYAMLOrJSONDecoder.
static size_t read_leading_json(std::string_view text, size_t from, FileId file, const Limits& limits, Scratch& scratch, std::vector<const Node*>& documents) {
  if (!looks_like_json(text.substr(from)) || scan_utf8(text.substr(from)).bad) return from;
  TreeBuilder tree(file, limits, scratch.arena);
  JsonParser parser(text, from, tree, scratch.arena);
  size_t duplicates = 0;
  for (size_t count = 0; !parser.at_end(); ++count) {
    const size_t begin = count == 0 ? from : behind_line(text, from);
    tree.reset();
    if (!parser.value()) {
      if (count <= 1) return begin;
      report(tree.problem(), file, scratch.diags);
      return text.size();
    }
    if (duplicates < kMaxFindings) report(tree.duplicates(), file, scratch.diags);
    duplicates += tree.duplicates().size();
    if (!View(tree.last()).is_null()) documents.push_back(tree.last());
    from = parser.position();
  }
  return text.size();
}

// UTF-16 becomes UTF-8 in the arena; nothing when it is malformed.
static std::optional<std::string_view> as_utf8(std::string_view text, FileId file, Scratch& scratch) {
  if (!is_utf16(text)) return text;
  BadByte bad;
  const std::optional<std::string> converted = utf8_from_utf16(text, bad);
  if (converted) return scratch.arena.copy(*converted);
  report({Code::BadEncoding, bad.offset, bad.offset, bad.problem, "save the file as UTF-8", 0, {}}, file, scratch.diags);
  return std::nullopt;
}

std::vector<const Node*> read_yaml(std::string_view bytes, FileId file, YamlParser parser, const Limits& limits, Scratch& scratch) {
  std::vector<const Node*> documents;
  const std::optional<std::string_view> text = as_utf8(bytes, file, scratch);
  if (!text) return documents;
  size_t begin = starts_with(*text, kByteOrderMark) ? kByteOrderMark.size() : 0;
  begin = read_leading_json(*text, begin, file, limits, scratch, documents);
  YamlReader reader(*text, file, parser, limits, scratch);
  read_pieces(*text, begin, reader, documents, file, scratch);
  return documents;
}

std::vector<const Node*> read_yaml(std::string_view text, FileId file, YamlEngine engine, const Limits& limits, Scratch& scratch) {
  const YamlParser parser = engine == YamlEngine::LibYaml ? YamlParser::Fast : YamlParser::YamlCpp;
  return read_yaml(text, file, parser, limits, scratch);
}

}  // namespace isvcc
