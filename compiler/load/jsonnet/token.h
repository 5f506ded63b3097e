#pragma once
// The tokens of Jsonnet, as libjsonnet cuts them. Never looks further than the text, never fails: what is no token is Bad.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isvcc::jsonnet {

enum class TokenKind : uint8_t { End, Bad, Word, Number, String, Open, Close, Separator, Operator };  // Separator: , and ;

struct Token {
  TokenKind kind = TokenKind::End;
  uint32_t begin = 0, end = 0;
  std::string_view text;
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  // Comments and blanks are passed over. After Bad and End there is nothing more to ask for.
  Token next();

 private:
  enum class Blank { No, Yes, Unclosed };
  Blank skip_blank();
  Token token(TokenKind kind, size_t end);
  Token quoted(size_t at, char quote, bool verbatim);
  Token text_block();
  Token number();
  Token symbol();
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  bool ahead(std::string_view word) const { return text_.substr(at_, word.size()) == word; }

  std::string_view text_;
  size_t at_ = 0;
  size_t symbols_end_ = 0, operator_end_ = 0;  // of the run of symbols that at_ is in
};

// The value of a String token; nothing for an escape that Jsonnet does not know.
std::optional<std::string> string_value(const Token& token);

}  // namespace isvcc::jsonnet
