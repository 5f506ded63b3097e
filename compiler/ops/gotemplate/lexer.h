#pragma once
// Template text → tokens, as Go's text/template/parse splits it. Knows no grammar.
#include <cstdint>
#include <string>
#include <string_view>

namespace isvcc::gotemplate {

enum class TokenKind : uint8_t {
  Error, Bool, Char, CharConstant, Complex, Assign, Declare, Eof, Field, Identifier, LeftDelim, LeftParen, Number, Pipe, RawString,
  RightDelim, RightParen, Space, String, Text, Variable,
  // Keywords.
  Block, Break, Continue, Dot, Define, Else, End, If, Nil, Range, Template, With,
};

struct Token {
  TokenKind kind = TokenKind::Eof;
  uint32_t pos = 0;   // bytes from the start of the text
  uint32_t line = 1;
  std::string_view text;  // as written; the message of an Error
};

// The token in Go's error messages: <if>, "abc", EOF.
std::string describe(const Token& token);

class Lexer {
 public:
  explicit Lexer(std::string_view input) : input_(input) {}
  Lexer(const Lexer&) = delete;
  Lexer& operator=(const Lexer&) = delete;

  // The next token. After an error the rest of the input is gone.
  Token next();

 private:
  static constexpr uint32_t kEnd = ~0u;

  Token text_or_action();
  bool skip_comment(Token& error);
  Token left_delim(bool trim);
  Token right_delim();
  Token inside_action();
  Token space();
  Token identifier();
  Token field_or_variable(TokenKind kind);
  Token quoted(char quote, TokenKind kind, std::string_view unterminated);
  Token raw_quoted();
  Token number();
  Token punctuation(uint32_t rune);
  bool scan_number();

  uint32_t take();
  uint32_t peek() const;
  void back();
  bool accept(std::string_view set);
  void accept_run(std::string_view set);
  bool at_terminator() const;
  bool at_right_delim(bool* trim) const;
  std::string_view rest() const { return input_.substr(pos_); }
  void count_lines();
  Token emit(TokenKind kind);
  void ignore();
  Token fail(std::string message);

  std::string_view input_;
  size_t pos_ = 0, start_ = 0, last_width_ = 0;
  uint32_t line_ = 1, start_line_ = 1;
  int parens_ = 0;
  bool inside_ = false, at_end_ = false;
  std::string error_;
};

}  // namespace isvcc::gotemplate
