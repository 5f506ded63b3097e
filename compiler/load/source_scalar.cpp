#include "load/source_scalar.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "load/encoding.h"

namespace isvcc {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_break(char c) { return c == '\n' || c == '\r'; }

// A place in the source; reading past the limit gives NUL, which no source contains.
struct Cursor {
  std::string_view source;
  size_t at, limit;

  char peek(size_t ahead = 0) const { return at + ahead < limit ? source[at + ahead] : '\0'; }
  bool ended() const { return at >= limit; }
  void skip_break() { at += peek() == '\r' && peek(1) == '\n' ? 2 : 1; }
  // `---` or `...` at the start of a line.
  bool at_document_mark() const {
    if (at == 0 || !is_break(source[at - 1])) return false;
    const std::string_view mark = source.substr(at, 3);
    if (mark != "---" && mark != "...") return false;
    return at + 3 >= limit || is_blank(peek(3)) || is_break(peek(3));
  }
};

bool fail(Problem& problem, size_t at, std::string_view message) {
  problem = {Code::InvalidYaml, at, at, std::string(message), {}, 0, {}};
  return false;
}

// ---- quoted

struct QuotedReader {
  Cursor in;
  size_t begin;
  bool single;
  std::string out;
  Problem& problem;

  bool run();
  bool text_of_line(bool& continued);
  bool escape();
  bool hex(size_t digits);
  void fold(bool continued);
};

bool QuotedReader::hex(size_t digits) {
  uint32_t value = 0;
  const std::string_view code = in.source.substr(std::min(in.at + 2, in.limit), std::min(digits, in.limit - std::min(in.at + 2, in.limit)));
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), value, 16);
  if (code.size() < digits || error != std::errc() || end != code.data() + digits) return fail(problem, in.at, "did not find expected hexdecimal number");
  if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return fail(problem, in.at, "found invalid Unicode character escape code");
  append_utf8(out, value);
  in.at += 2 + digits;
  return true;
}

bool QuotedReader::escape() {
  static constexpr std::string_view kNames = "0abt\tnvfre \"\\N_LP";
  static constexpr uint32_t kValues[] = {0, 7, 8, 9, 9, 10, 11, 12, 13, 27, ' ', '"', '\\', 0x85, 0xA0, 0x2028, 0x2029};
  const char name = in.peek(1);
  if (name == 'x') return hex(2);
  if (name == 'u') return hex(4);
  if (name == 'U') return hex(8);
  const size_t i = kNames.find(name);
  if (i == std::string_view::npos || in.at + 1 >= in.limit) return fail(problem, in.at, "found unknown escape character");
  append_utf8(out, kValues[i]);
  in.at += 2;
  return true;
}

// Up to a blank, a line end or the closing quote. A backslash at the end of a line continues it without a space.
bool QuotedReader::text_of_line(bool& continued) {
  const char quote = single ? '\'' : '"';
  while (!in.ended() && !is_blank(in.peek()) && !is_break(in.peek())) {
    if (single && in.peek() == '\'' && in.peek(1) == '\'') {
      out += '\'';
      in.at += 2;
    } else if (in.peek() == quote) {
      return true;
    } else if (!single && in.peek() == '\\' && is_break(in.peek(1))) {
      ++in.at;
      in.skip_break();
      continued = true;
      return true;
    } else if (!single && in.peek() == '\\') {
      if (!escape()) return false;
    } else {
      out += in.source[in.at++];
    }
  }
  return true;
}

// Blanks and line ends between two words: one line end is a space, more are one less.
void QuotedReader::fold(bool continued) {
  std::string blanks;
  size_t breaks = 0;
  bool broken = continued;
  while (is_blank(in.peek()) || is_break(in.peek())) {
    if (is_break(in.peek())) {
      in.skip_break();
      ++breaks;
      broken = true;
    } else {
      if (!broken) blanks += in.peek();
      ++in.at;
    }
  }
  if (!broken) out += blanks;
  else if (continued) out.append(breaks, '\n');
  else if (breaks == 1) out += ' ';
  else out.append(breaks - 1, '\n');
}

bool QuotedReader::run() {
  ++in.at;
  for (;;) {
    if (in.ended()) return fail(problem, begin, "found unexpected end of stream");
    if (in.at_document_mark()) return fail(problem, in.at, "found unexpected document indicator");
    bool continued = false;
    if (!text_of_line(continued)) return false;
    if (!continued && in.peek() == (single ? '\'' : '"') && !in.ended()) break;
    fold(continued);
  }
  ++in.at;
  return true;
}

// ---- block

struct BlockReader {
  Cursor in;
  bool literal;
  int parent_indent;
  Problem& problem;
  std::string out;
  size_t end = 0;       // behind the last character that is not blank
  size_t column = 0;
  int chomping = 0;     // -1 strip, 1 keep
  size_t indent = 0;    // 0: not known yet
  size_t breaks = 0;    // empty lines since the last text

  bool run();
  bool header();
  bool empty_lines();
};

bool BlockReader::header() {
  for (++in.at; in.peek() == '+' || in.peek() == '-' || (in.peek() >= '0' && in.peek() <= '9'); ++in.at) {
    const char c = in.peek();
    if (c == '0') return fail(problem, in.at, "found an indentation indicator equal to 0");
    const bool digit = c >= '1';
    if (digit ? indent != 0 : chomping != 0) return fail(problem, in.at, "did not find expected comment or line break");
    if (digit) indent = static_cast<size_t>(std::max(parent_indent, 0)) + static_cast<size_t>(c - '0');
    else chomping = c == '+' ? 1 : -1;
  }
  end = in.at;
  while (is_blank(in.peek())) ++in.at;
  if (in.peek() == '#') {
    while (!in.ended() && !is_break(in.peek())) ++in.at;
    end = in.at;
    while (is_blank(in.source[end - 1])) --end;
  }
  if (!in.ended() && !is_break(in.peek())) return fail(problem, in.at, "did not find expected comment or line break");
  if (!in.ended()) in.skip_break();
  return true;
}

// Goes to the first character behind the indentation of the next line with text, or to where the scalar ends.
bool BlockReader::empty_lines() {
  size_t deepest = 0;
  for (column = 0;; column = 0, ++breaks) {
    while ((indent == 0 || column < indent) && in.peek() == ' ') ++in.at, ++column;
    deepest = std::max(deepest, column);
    if ((indent == 0 || column < indent) && in.peek() == '\t') return fail(problem, in.at, "found a tab character where an indentation space is expected");
    if (in.ended() || !is_break(in.peek())) break;
    in.skip_break();
  }
  if (indent == 0) indent = std::max(deepest, static_cast<size_t>(std::max(parent_indent + 1, 1)));
  return true;
}

bool BlockReader::run() {
  if (!header() || !empty_lines()) return false;
  bool first = true, blank_before = false, ended_with_break = false;
  while (column == indent && !in.ended()) {
    const bool blank = is_blank(in.peek());
    if (!first && !literal && !blank_before && !blank) out += breaks == 0 ? " " : "";
    else if (!first) out += '\n';
    out.append(breaks, '\n');
    blank_before = blank;
    first = false;
    const size_t begin = in.at;
    while (!in.ended() && !is_break(in.peek())) ++in.at;
    out += in.source.substr(begin, in.at - begin);
    const size_t last = in.source.substr(begin, in.at - begin).find_last_not_of(" \t");
    if (last != std::string_view::npos) end = begin + last + 1;
    ended_with_break = !in.ended();
    if (ended_with_break) in.skip_break();
    breaks = 0;
    if (!empty_lines()) return false;
  }
  if (chomping != -1 && ended_with_break && !first) out += '\n';
  if (chomping == 1) out.append(breaks, '\n');
  return true;
}

}  // namespace

bool decode_quoted(std::string_view source, size_t begin, size_t limit, SourceScalar& out, Problem& problem) {
  QuotedReader reader{{source, begin, limit}, begin, source[begin] == '\'', {}, problem};
  if (!reader.run()) return false;
  out = {std::move(reader.out), reader.in.at};
  return true;
}

bool decode_block(std::string_view source, size_t begin, size_t limit, int parent_indent, SourceScalar& out, size_t& next, Problem& problem) {
  BlockReader reader{{source, begin, limit}, source[begin] == '|', parent_indent, problem, {}};
  if (!reader.run()) return false;
  out = {std::move(reader.out), reader.end};
  next = reader.in.at - reader.column;
  return true;
}

}  // namespace isvcc
