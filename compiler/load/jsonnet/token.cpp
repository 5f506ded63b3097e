#include "load/jsonnet/token.h"

#include <algorithm>

#include "load/jsonnet/string_value.h"

namespace isvcc::jsonnet {

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word(char c) { return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_symbol(char c) { return std::string_view("!$:~+-&|^=<>*/%").find(c) != std::string_view::npos && c != '\0'; }

Lexer::Blank Lexer::skip_blank() {
  if (is_blank(at(at_)) && at_ < text_.size()) {
    ++at_;
    return Blank::Yes;
  }
  if (ahead("#") || ahead("//")) {
    at_ = std::min(text_.find('\n', at_), text_.size());
    return Blank::Yes;
  }
  if (!ahead("/*")) return Blank::No;
  const size_t end = text_.find("*/", at_ + 2);
  if (end == std::string_view::npos) return Blank::Unclosed;
  at_ = end + 2;
  return Blank::Yes;
}

Token Lexer::token(TokenKind kind, size_t end) {
  const Token result{kind, static_cast<uint32_t>(at_), static_cast<uint32_t>(end), text_.substr(at_, end - at_)};
  at_ = end;
  return result;
}

Token Lexer::quoted(size_t i, char quote, bool verbatim) {
  for (; i < text_.size(); ++i) {
    if (text_[i] == quote) {
      if (!verbatim || at(i + 1) != quote) return token(TokenKind::String, i + 1);
      ++i;
    } else if (text_[i] == '\\' && !verbatim) {
      ++i;
    }
  }
  return token(TokenKind::Bad, text_.size());
}

Token Lexer::text_block() {
  const size_t end = end_of_text_block(text_, at_);
  return end == 0 ? token(TokenKind::Bad, text_.size()) : token(TokenKind::String, end);
}

Token Lexer::number() {
  size_t i = at_;
  const auto digits = [&] {
    while (is_digit(at(i)) || (at(i) == '_' && is_digit(at(i + 1)))) ++i;
  };
  digits();
  if (at(i) == '.' && is_digit(at(i + 1))) {
    ++i;
    digits();
  }
  if (at(i) == 'e' || at(i) == 'E') {
    const size_t sign = at(i + 1) == '+' || at(i + 1) == '-' ? 1 : 0;
    if (is_digit(at(i + 1 + sign))) {
      i += 1 + sign;
      digits();
    }
  }
  return token(TokenKind::Number, i);
}

// Several symbol characters are one operator, but no operator holds the start of a comment or a text block, and unary ones at the end stand
// alone. A run of symbols is looked through once, however many tokens it has.
Token Lexer::symbol() {
  if (at_ >= symbols_end_) {
    size_t i = at_;
    operator_end_ = at_ + 1;
    do {
      if (std::string_view("+-~!$").find(text_[i]) == std::string_view::npos) operator_end_ = i + 1;
      ++i;
    } while (is_symbol(at(i)) && text_.substr(i, 2) != "//" && text_.substr(i, 2) != "/*" && text_.substr(i, 3) != "|||");
    symbols_end_ = i;
  }
  return token(TokenKind::Operator, std::max(at_ + 1, operator_end_));
}

Token Lexer::next() {
  for (Blank blank = Blank::Yes; blank == Blank::Yes;) {
    blank = skip_blank();
    if (blank == Blank::Unclosed) return token(TokenKind::Bad, text_.size());
  }
  if (at_ >= text_.size()) return token(TokenKind::End, text_.size());
  const char c = text_[at_];
  if (c == '"' || c == '\'') return quoted(at_ + 1, c, false);
  if (c == '@') return at(at_ + 1) == '"' || at(at_ + 1) == '\'' ? quoted(at_ + 2, at(at_ + 1), true) : token(TokenKind::Bad, text_.size());
  if (is_digit(c)) return number();
  if (is_word(c)) {
    size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return token(TokenKind::Word, end);
  }
  switch (c) {
    case '(': case '[': case '{': return token(TokenKind::Open, at_ + 1);
    case ')': case ']': case '}': return token(TokenKind::Close, at_ + 1);
    case ',': case ';': return token(TokenKind::Separator, at_ + 1);
    case '.': return token(TokenKind::Operator, at_ + 1);
    default: break;
  }
  if (ahead("|||")) return text_block();
  return is_symbol(c) ? symbol() : token(TokenKind::Bad, text_.size());
}

}  // namespace isvcc::jsonnet
