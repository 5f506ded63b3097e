#include "emit/yaml_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/text.h"
#include "emit/implicit_type.h"

namespace isvcc {

static constexpr size_t kWidth = 80;  // a blank beyond this column becomes the end of the line

// ---- Most texts are one word: printable ASCII without blanks

enum class First : unsigned char {
  Text,
  Alone,      // an indicator when it is alone or before a blank
  Indicator,  // never first in plain text
};

static constexpr std::array<First, 256> kFirsts = [] {
  std::array<First, 256> firsts{};
  for (char c : std::string_view("?:-")) firsts[static_cast<unsigned char>(c)] = First::Alone;
  for (char c : std::string_view("#,[]{}&*!|>'\"%@`")) firsts[static_cast<unsigned char>(c)] = First::Indicator;
  return firsts;
}();

static First first_of(std::string_view text) { return kFirsts[static_cast<unsigned char>(text[0])]; }

static bool is_document_mark(std::string_view text) {
  return text.size() >= 3 && (text[0] == '-' || text[0] == '.') && text[1] == text[0] && text[2] == text[0];
}

static bool is_plain_word(std::string_view word) {
  if (word.back() == ':' || is_document_mark(word)) return false;
  const First first = first_of(word);
  return first == First::Text || (first == First::Alone && word.size() > 1);
}

// What a word may begin with and be plain whatever follows, but for a colon at its end: not all of these words are text.
static constexpr std::array<bool, 256> kSafeFirsts = [] {
  std::array<bool, 256> safe{};
  for (size_t c = 0x21; c < 0x7F; ++c) safe[c] = kFirsts[c] == First::Text && kHints[c] == Hint::None;
  return safe;
}();

// False, and nothing is written, for texts that need a closer look.
[[gnu::always_inline]] static inline bool append_as_word(TextBuffer& out, std::string_view text) {
  if (text.empty()) return false;
  if (kSafeFirsts[static_cast<unsigned char>(text[0])]) return text.back() != ':' && out.append_word(text);
  if (reads_as_text(text)) return is_plain_word(text) && out.append_word(text);
  // What has another type holds neither quotes nor backslashes.
  const size_t before = out.size();
  out.put('"');
  if (out.append_word(text)) return out.put('"'), true;
  out.cut(before);
  return false;
}

// ---- Characters

static size_t width_at(std::string_view text, size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static uint32_t character_at(std::string_view text, size_t i) {
  const auto first = static_cast<unsigned char>(text[i]);
  if (first < 0x80) return first;
  const size_t width = width_at(text, i);
  uint32_t value = first & (0xFFu >> (width + 1));
  for (size_t k = 1; k < width; ++k) value = (value << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
  return value;
}

// The YAML 1.1 line ends that can stand in a text: the others are never written as they are.
static bool is_break(uint32_t c) { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

// go-yaml escapes everything beyond the Basic Multilingual Plane.
static bool is_printable(uint32_t c) {
  return c == '\n' || (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

// ---- Which styles can carry a text

struct Traits {
  bool indicators = false;      // reads as YAML syntax without quotes
  bool special = false;         // needs escapes
  bool breaks = false;
  bool blank_at_start = false, blank_at_end = false, break_at_start = false, break_at_end = false;
  bool blank_before_break = false, blank_after_break = false;

  bool plain() const { return !(indicators || special || breaks || blank_at_start || blank_at_end); }
  bool single_quoted() const { return !(special || blank_before_break || blank_after_break); }
  bool literal() const { return !(special || blank_before_break || blank_at_end); }
};

static bool blank_or_end_after(std::string_view text, size_t next) { return next >= text.size() || is_blank(text[next]); }

static bool is_first_indicator(std::string_view text) {
  if (text.empty()) return false;
  const First first = first_of(text);
  return first == First::Indicator || (first == First::Alone && blank_or_end_after(text, 1)) || is_document_mark(text);
}

static Traits traits_of(std::string_view text) {
  Traits t;
  t.indicators = is_first_indicator(text);
  bool after_blank = false, after_break = false, after_space = false;  // after_blank: a tab counts, too
  for (size_t i = 0, next; i < text.size(); i = next) {
    next = i + width_at(text, i);
    const uint32_t c = character_at(text, i);
    const bool is_end = next >= text.size();
    if (c == ':' && i > 0 && blank_or_end_after(text, next)) t.indicators = true;
    if (c == '#' && i > 0 && (after_blank || after_break)) t.indicators = true;
    if (!is_printable(c)) t.special = true;
    if (c == ' ') {
      t.blank_at_start |= i == 0;
      t.blank_at_end |= is_end;
      t.blank_after_break |= after_break;
    } else if (is_break(c)) {
      t.breaks = true;
      t.break_at_start |= i == 0;
      t.break_at_end |= is_end;
      t.blank_before_break |= after_space;
    }
    after_space = c == ' ';
    after_blank = after_space || c == '\t';
    after_break = is_break(c);
  }
  return t;
}

// The same for printable ASCII, found by its blanks.
static Traits traits_of_line(std::string_view text) {
  Traits t;
  if (text.empty()) return t;
  t.indicators = is_first_indicator(text) || (text.size() > 1 && text.back() == ':');
  t.blank_at_start = text.front() == ' ';
  t.blank_at_end = text.back() == ' ';
  for (size_t i = text.find(' '); i != std::string_view::npos; i = text.find(' ', i + 1))
    if ((i > 1 && text[i - 1] == ':') || (i + 1 < text.size() && text[i + 1] == '#')) t.indicators = true;
  return t;
}

enum class Style { Plain, Single, Double, Literal };

static Style style_of(std::string_view text, const Traits& t) {
  if (contains(text, "\n")) return t.literal() ? Style::Literal : Style::Double;
  if (!reads_as_text(text)) return Style::Double;
  return t.plain() ? Style::Plain : t.single_quoted() ? Style::Single : Style::Double;
}

// ---- Writing

// Ends with a line end that can stand in YAML output.
static bool ends_line(std::string_view text) { return text.back() == '\n' || ends_with(text, "\u2028") || ends_with(text, "\u2029"); }

// Where the next character goes. Columns count characters, as Go's emitter does.
class Pen {
 public:
  Pen(TextBuffer& out, size_t indent) : out_(out), indent_(indent) {
    std::string_view line = out.view();
    for (size_t end = line.size(); end > 0; --end)
      if (ends_line(line.substr(0, end))) line.remove_prefix(end), end = 1;
    column_ = static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }

  bool beyond_width() const { return column_ > kWidth; }

  void put(char c) {
    out_.put(c);
    ++column_;
  }
  void put_character(std::string_view text, size_t i) {
    out_.append(text.substr(i, width_at(text, i)));
    ++column_;
  }
  // A piece without line breaks and characters above ASCII.
  void put_ascii(std::string_view piece) {
    out_.append(piece);
    column_ += piece.size();
  }
  // A line break of the text itself.
  void put_break(std::string_view text, size_t i) {
    out_.append(text.substr(i, width_at(text, i)));
    column_ = 0;
  }
  void fold() {
    out_.put('\n');
    column_ = 0;
    indent();
  }
  void indent() {
    while (column_ < indent_) put(' ');
  }

 private:
  TextBuffer& out_;
  size_t indent_, column_ = 0;
};

static bool space_at(std::string_view text, size_t i) { return i < text.size() && text[i] == ' '; }

// How many bytes from `i` on are words of ASCII and no quotes: nothing happens to those.
static size_t simple_bytes(std::string_view text, size_t i) {
  size_t end = i;
  while (end < text.size() && text[end] > 0x20 && text[end] < 0x7F && text[end] != '\'') ++end;
  return end - i;
}

// Text that stands as it is, quotes doubled in single quotes. Lines break only at single blanks within the text.
static void write_flow_text(Pen& pen, std::string_view text, Fold fold, Style style) {
  bool after_space = false, after_break = false;
  for (size_t i = 0, width = 0; i < text.size(); i += width) {
    width = width_at(text, i);
    if (text[i] == ' ') {
      const bool inside = style == Style::Plain || (i > 0 && i + 1 < text.size());
      if (fold == Fold::Yes && !after_space && inside && pen.beyond_width() && !space_at(text, i + 1)) pen.fold();
      else pen.put(' ');
      after_space = true;
    } else if (is_break(character_at(text, i))) {
      pen.put_break(text, i);
      after_break = true;
    } else {
      if (after_break) pen.indent();
      if (style == Style::Single && text[i] == '\'') pen.put('\'');
      if (const size_t simple = simple_bytes(text, i)) pen.put_ascii(text.substr(i, width = simple));
      else pen.put_character(text, i);
      after_space = after_break = false;
    }
  }
}

static void write_single_quoted(Pen& pen, std::string_view text, Fold fold) {
  pen.put('\'');
  write_flow_text(pen, text, fold, Style::Single);
  pen.put('\'');
}

// The letter after the backslash, 0 when there is none.
static char short_escape(uint32_t c) {
  switch (c) {
    case 0: return '0';
    case 7: return 'a';
    case 8: return 'b';
    case 9: return 't';
    case 10: return 'n';
    case 11: return 'v';
    case 12: return 'f';
    case 13: return 'r';
    case 27: return 'e';
    case '"': return '"';
    case '\\': return '\\';
    case 0x85: return 'N';
    case 0xA0: return '_';
    case 0x2028: return 'L';
    case 0x2029: return 'P';
    default: return 0;
  }
}

static void put_escape(Pen& pen, uint32_t c) {
  pen.put('\\');
  if (const char letter = short_escape(c)) return pen.put(letter);
  const int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
  pen.put(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
  for (int i = digits - 1; i >= 0; --i) pen.put("0123456789ABCDEF"[(c >> (4 * i)) & 0xF]);
}

static void write_double_quoted(Pen& pen, std::string_view text, Fold fold) {
  // go-yaml looks for a byte order mark at the start of the text instead of at the character: then it escapes everything.
  const bool escape_all = starts_with(text, "\uFEFF");
  bool after_space = false;
  pen.put('"');
  for (size_t i = 0; i < text.size(); i += width_at(text, i)) {
    const uint32_t c = character_at(text, i);
    const bool escape = escape_all || !is_printable(c) || is_break(c) || c == '"' || c == '\\';
    if (escape) {
      put_escape(pen, c);
    } else if (c == ' ' && fold == Fold::Yes && !after_space && pen.beyond_width() && i > 0 && i + 1 < text.size()) {
      pen.fold();
      if (space_at(text, i + 1)) pen.put('\\');
    } else {
      pen.put_character(text, i);
    }
    after_space = !escape && c == ' ';
  }
  pen.put('"');
}

// The start of the last character before byte `end`.
static size_t character_before(std::string_view text, size_t end) {
  size_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

// What becomes of the last line's end: nothing for one, '-' for none, '+' for several.
static char chomping(std::string_view text) {
  const size_t last = character_before(text, text.size());
  if (!is_break(character_at(text, last))) return '-';
  if (last == 0) return '+';
  return is_break(character_at(text, character_before(text, last))) ? '+' : 0;
}

static void write_literal(Pen& pen, std::string_view text) {
  pen.put('|');
  if (text[0] == ' ' || is_break(character_at(text, 0))) pen.put('2');
  if (const char mark = chomping(text)) pen.put(mark);
  pen.put_break("\n", 0);
  bool line_start = true;
  for (size_t i = 0; i < text.size(); i += width_at(text, i)) {
    const bool is_line_end = is_break(character_at(text, i));
    if (is_line_end) {
      pen.put_break(text, i);
    } else {
      if (line_start) pen.indent();
      pen.put_character(text, i);
    }
    line_start = is_line_end;
  }
}

static bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Short enough that no blank of it can stand beyond the width. Counts bytes: never too few.
static bool stays_on_line(const TextBuffer& out, std::string_view text) {
  const size_t newline = out.view().rfind('\n');
  return out.size() - (newline == std::string_view::npos ? 0 : newline + 1) + text.size() <= kWidth;
}

static void write_styled(TextBuffer& out, std::string_view text, size_t indent, Fold fold) {
  const bool ascii = is_printable_ascii(text);
  const Style style = style_of(text, ascii ? traits_of_line(text) : traits_of(text));
  if (style == Style::Plain && ascii && (fold == Fold::No || stays_on_line(out, text))) return out.append(text);
  Pen pen(out, indent);
  switch (style) {
    case Style::Plain: return write_flow_text(pen, text, fold, style);
    case Style::Single: return write_single_quoted(pen, text, fold);
    case Style::Double: return write_double_quoted(pen, text, fold);
    case Style::Literal: return write_literal(pen, text);
  }
}

// Each invalid byte becomes U+FFFD.
static std::string valid_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t width = std::min(width_at(text, 0), text.size());
    const bool valid = is_utf8(text.substr(0, width));
    if (!valid) width = 1;
    out += valid ? text.substr(0, width) : std::string_view("\uFFFD");
    text.remove_prefix(width);
  }
  return out;
}

static bool has_break(std::string_view text) {
  for (size_t i = 0; i < text.size(); i += width_at(text, i))
    if (is_break(character_at(text, i))) return true;
  return false;
}

// A block scalar may have ended the line already.
static void end_line(TextBuffer& out) {
  if (!ends_line(out.view())) out.put('\n');
}

static void append_styled_line(TextBuffer& out, std::string_view text, size_t indent, Fold fold) {
  if (is_utf8(text)) write_styled(out, text, indent, fold);
  else write_styled(out, valid_utf8(text), indent, fold);
  end_line(out);
}

void append_yaml_text(TextBuffer& out, std::string_view text, size_t indent, Fold fold) {
  if (!append_as_word(out, text)) return append_styled_line(out, text, indent, fold);
  out.put('\n');
}

static bool append_styled_key(TextBuffer& out, std::string_view key) {
  if (!is_utf8(key)) return append_yaml_key(out, valid_utf8(key));
  if (has_break(key)) return false;
  write_styled(out, key, 0, Fold::No);
  return true;
}

bool append_yaml_key(TextBuffer& out, std::string_view key) {
  if (key.size() > 128) return false;
  return append_as_word(out, key) || append_styled_key(out, key);
}

}  // namespace isvcc
