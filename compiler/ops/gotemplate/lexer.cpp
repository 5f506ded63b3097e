#include "ops/gotemplate/lexer.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "ops/go_text.h"

namespace isvcc::gotemplate {

static constexpr std::string_view kLeft = "{{", kRight = "}}", kBlanks = " \t\r\n";
static constexpr size_t kTrimWidth = 2;  // the marker '-' and the blank beside it

static constexpr std::array<std::pair<std::string_view, TokenKind>, 11> kKeywords = {{{"block", TokenKind::Block},
                                                                                      {"break", TokenKind::Break},
                                                                                      {"continue", TokenKind::Continue},
                                                                                      {"define", TokenKind::Define},
                                                                                      {"else", TokenKind::Else},
                                                                                      {"end", TokenKind::End},
                                                                                      {"if", TokenKind::If},
                                                                                      {"range", TokenKind::Range},
                                                                                      {"nil", TokenKind::Nil},
                                                                                      {"template", TokenKind::Template},
                                                                                      {"with", TokenKind::With}}};

static bool is_blank(uint32_t rune) { return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n'; }

static bool is_alphanumeric(uint32_t rune) {
  if (rune < 0x80) return rune == '_' || (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
  if (rune > 0x10FFFF) return false;
  static const RE2 kLetterOrDigit("[\\p{L}\\p{Nd}]");
  std::string encoded;
  append_rune(encoded, rune);
  return RE2::FullMatch(encoded, kLetterOrDigit);
}

static bool trims_left(std::string_view text) { return text.size() >= 2 && text[0] == '-' && is_blank(static_cast<unsigned char>(text[1])); }
static bool trims_right(std::string_view text) { return text.size() >= 2 && is_blank(static_cast<unsigned char>(text[0])) && text[1] == '-'; }

std::string describe(const Token& token) {
  if (token.kind == TokenKind::Eof) return "EOF";
  if (token.kind == TokenKind::Error) return std::string(token.text);
  if (token.kind >= TokenKind::Block) return cat('<', token.text, '>');
  if (token.text.size() <= 10) return go_quote(token.text);
  size_t end = 0;
  for (int runes = 0; runes < 10 && end < token.text.size(); ++runes) end += first_rune(token.text.substr(end)).length;
  return go_quote(token.text.substr(0, end)) + "...";
}

uint32_t Lexer::take() {
  const Rune rune = first_rune(rest());
  at_end_ = rune.length == 0;
  last_width_ = rune.length;
  if (at_end_) return kEnd;
  pos_ += rune.length;
  if (rune.code == '\n') ++line_;
  return rune.code;
}

uint32_t Lexer::peek() const {
  const Rune rune = first_rune(rest());
  return rune.length == 0 ? kEnd : rune.code;
}

// Undoes the last take().
void Lexer::back() {
  if (at_end_ || last_width_ == 0) return;
  pos_ -= last_width_;
  if (input_[pos_] == '\n') --line_;
}

bool Lexer::accept(std::string_view set) {
  const uint32_t rune = peek();
  if (rune >= 0x80 || set.find(static_cast<char>(rune)) == std::string_view::npos) return false;
  take();
  return true;
}

void Lexer::accept_run(std::string_view set) {
  while (accept(set)) {
  }
}

void Lexer::count_lines() {
  const std::string_view item = input_.substr(start_, pos_ - start_);
  line_ += static_cast<uint32_t>(std::count(item.begin(), item.end(), '\n'));
}

Token Lexer::emit(TokenKind kind) {
  const Token token{kind, static_cast<uint32_t>(start_), start_line_, input_.substr(start_, pos_ - start_)};
  start_ = pos_;
  start_line_ = line_;
  return token;
}

void Lexer::ignore() {
  count_lines();
  start_ = pos_;
  start_line_ = line_;
}

Token Lexer::fail(std::string message) {
  error_ = std::move(message);
  const Token token{TokenKind::Error, static_cast<uint32_t>(start_), start_line_, error_};
  input_ = {};
  pos_ = start_ = last_width_ = 0;
  return token;
}

// Characters that may follow a name without a blank.
bool Lexer::at_terminator() const {
  const uint32_t rune = peek();
  if (rune == kEnd || is_blank(rune)) return true;
  if (rune < 0x80 && std::string_view(".,|:)(").find(static_cast<char>(rune)) != std::string_view::npos) return true;
  return starts_with(rest(), kRight);
}

bool Lexer::at_right_delim(bool* trim) const {
  const std::string_view text = rest();
  *trim = trims_right(text) && starts_with(text.substr(kTrimWidth), kRight);
  return *trim || starts_with(text, kRight);
}

Token Lexer::next() { return inside_ ? inside_action() : text_or_action(); }

Token Lexer::text_or_action() {
  for (;;) {
    const size_t open = input_.find(kLeft, pos_);
    if (open == std::string_view::npos) {
      pos_ = input_.size();
      if (pos_ <= start_) return emit(TokenKind::Eof);
      count_lines();
      return emit(TokenKind::Text);
    }
    const bool trim = trims_left(input_.substr(open + kLeft.size()));
    if (open > pos_) {
      pos_ = open;
      if (trim)
        while (pos_ > start_ && is_blank(static_cast<unsigned char>(input_[pos_ - 1]))) --pos_;
      count_lines();
      const Token text = emit(TokenKind::Text);
      pos_ = open;
      ignore();
      if (!text.text.empty()) return text;
    }
    if (!starts_with(input_.substr(open + kLeft.size() + (trim ? kTrimWidth : 0)), "/*")) return left_delim(trim);
    pos_ += kLeft.size() + (trim ? kTrimWidth : 0);
    ignore();
    Token error;
    if (!skip_comment(error)) return error;
  }
}

bool Lexer::skip_comment(Token& error) {
  const size_t close = input_.find("*/", pos_ + 2);
  if (close == std::string_view::npos) {
    error = fail("unclosed comment");
    return false;
  }
  pos_ = close + 2;
  bool trim;
  if (!at_right_delim(&trim)) {
    error = fail("comment ends before closing delimiter");
    return false;
  }
  pos_ += kRight.size() + (trim ? kTrimWidth : 0);
  if (trim) pos_ = std::min(input_.find_first_not_of(kBlanks, pos_), input_.size());
  ignore();
  return true;
}

Token Lexer::left_delim(bool trim) {
  pos_ += kLeft.size();
  const Token token = emit(TokenKind::LeftDelim);
  inside_ = true;
  pos_ += trim ? kTrimWidth : 0;
  ignore();
  parens_ = 0;
  return token;
}

Token Lexer::right_delim() {
  bool trim;
  at_right_delim(&trim);
  if (trim) {
    pos_ += kTrimWidth;
    ignore();
  }
  pos_ += kRight.size();
  const Token token = emit(TokenKind::RightDelim);
  if (trim) {
    pos_ = std::min(input_.find_first_not_of(kBlanks, pos_), input_.size());
    ignore();
  }
  inside_ = false;
  return token;
}

Token Lexer::inside_action() {
  bool trim;
  if (at_right_delim(&trim)) return parens_ == 0 ? right_delim() : fail("unclosed left paren");
  const uint32_t rune = take();
  if (rune == kEnd) return fail("unclosed action");
  if (is_blank(rune)) {
    back();
    return space();
  }
  switch (rune) {
    case '"': return quoted('"', TokenKind::String, "unterminated quoted string");
    case '\'': return quoted('\'', TokenKind::CharConstant, "unterminated character constant");
    case '`': return raw_quoted();
    case '$': return at_terminator() ? emit(TokenKind::Variable) : field_or_variable(TokenKind::Variable);
    case '.':
      // A digit makes it a number.
      if (pos_ < input_.size() && (input_[pos_] < '0' || input_[pos_] > '9')) return field_or_variable(TokenKind::Field);
      break;
    default: break;
  }
  if (rune == '.' || rune == '+' || rune == '-' || (rune >= '0' && rune <= '9')) {
    back();
    return number();
  }
  if (!is_alphanumeric(rune)) return punctuation(rune);
  back();
  return identifier();
}

Token Lexer::punctuation(uint32_t rune) {
  switch (rune) {
    case '=': return emit(TokenKind::Assign);
    case ':': return take() == '=' ? emit(TokenKind::Declare) : fail("expected :=");
    case '|': return emit(TokenKind::Pipe);
    case '(': ++parens_; return emit(TokenKind::LeftParen);
    case ')': return --parens_ < 0 ? fail("unexpected right paren") : emit(TokenKind::RightParen);
    default: break;
  }
  if (rune > ' ' && rune < 0x7F) return emit(TokenKind::Char);
  return fail(cat("unrecognized character in action: ", rune_name(rune)));
}

// A run of blanks; the last one may belong to a trimming right delimiter.
Token Lexer::space() {
  size_t count = 0;
  for (; is_blank(peek()); ++count) take();
  const std::string_view from_last = input_.substr(pos_ - 1);
  if (trims_right(from_last) && starts_with(from_last.substr(kTrimWidth), kRight)) {
    back();
    if (count == 1) return right_delim();
  }
  return emit(TokenKind::Space);
}

Token Lexer::identifier() {
  while (is_alphanumeric(peek())) take();
  const std::string_view word = input_.substr(start_, pos_ - start_);
  if (!at_terminator()) return fail(cat("bad character ", rune_name(peek())));
  for (const auto& [name, kind] : kKeywords)
    if (name == word) return emit(kind);
  return emit(word == "true" || word == "false" ? TokenKind::Bool : TokenKind::Identifier);
}

Token Lexer::field_or_variable(TokenKind kind) {
  if (at_terminator()) return emit(kind == TokenKind::Variable ? kind : TokenKind::Dot);
  while (is_alphanumeric(peek())) take();
  if (!at_terminator()) return fail(cat("bad character ", rune_name(peek())));
  return emit(kind);
}

Token Lexer::quoted(char quote, TokenKind kind, std::string_view unterminated) {
  for (;;) {
    uint32_t rune = take();
    if (rune == '\\') {
      rune = take();
      if (rune != kEnd && rune != '\n') continue;
    }
    if (rune == kEnd || rune == '\n') return fail(std::string(unterminated));
    if (rune == static_cast<unsigned char>(quote)) return emit(kind);
  }
}

Token Lexer::raw_quoted() {
  for (;;) {
    const uint32_t rune = take();
    if (rune == kEnd) return fail("unterminated raw quoted string");
    if (rune == '`') return emit(TokenKind::RawString);
  }
}

Token Lexer::number() {
  const auto bad = [&] { return fail(cat("bad number syntax: ", go_quote(input_.substr(start_, pos_ - start_)))); };
  if (!scan_number()) return bad();
  if (peek() != '+' && peek() != '-') return emit(TokenKind::Number);
  if (!scan_number() || input_[pos_ - 1] != 'i') return bad();
  return emit(TokenKind::Complex);
}

bool Lexer::scan_number() {
  std::string_view digits = "0123456789_";
  accept("+-");
  if (accept("0")) {
    if (accept("xX")) digits = "0123456789abcdefABCDEF_";
    else if (accept("oO")) digits = "01234567_";
    else if (accept("bB")) digits = "01_";
  }
  accept_run(digits);
  if (accept(".")) accept_run(digits);
  const bool decimal = digits.size() == 11, hexadecimal = digits.size() == 23;
  if ((decimal && accept("eE")) || (hexadecimal && accept("pP"))) {
    accept("+-");
    accept_run("0123456789_");
  }
  accept("i");
  if (!is_alphanumeric(peek())) return true;
  take();
  return false;
}

}  // namespace isvcc::gotemplate
