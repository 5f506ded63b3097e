#include "load/jsonnet/scan.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "load/jsonnet/token.h"

namespace isvcc::jsonnet {

static std::optional<ImportKind> import_kind(const Token& token) {
  if (token.kind != TokenKind::Word) return std::nullopt;
  if (token.text == "import") return ImportKind::Code;
  if (token.text == "importstr") return ImportKind::Text;
  if (token.text == "importbin") return ImportKind::Bytes;
  return std::nullopt;
}

// An import takes in as much as it can, so libjsonnet refuses what would make the path an expression: import 'a' + b.
static bool may_follow_import(const Token& token) {
  switch (token.kind) {
    case TokenKind::End:
    case TokenKind::Close:
    case TokenKind::Separator: return true;
    case TokenKind::Operator: return token.text == ":" || token.text == "::";
    case TokenKind::Word: return token.text == "then" || token.text == "else" || token.text == "for" || token.text == "if";
    default: return false;
  }
}

namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : lexer_(text) {}

  Scan run() {
    for (Token token = lexer_.next(); token.kind != TokenKind::End; token = next_) {
      if (token.kind == TokenKind::Bad) return result_;
      next_ = lexer_.next();
      if (!take(token)) return result_;
    }
    result_.sound = open_.empty();
    return result_;
  }

 private:
  bool take(const Token& token) {
    if (token.kind == TokenKind::Open) {
      open_.push_back(token.text[0]);
    } else if (token.kind == TokenKind::Close) {
      if (!closes(token.text[0])) return false;
    } else if (token.kind == TokenKind::Word) {
      return word(token);
    } else if (token.kind == TokenKind::String && token.text.size() == 10) {  // std['thisFile']
      mention(token.text.substr(1, 8));
    } else if (token.kind == TokenKind::String && token.text.size() == 8) {
      mention(token.text.substr(1, 6));
    }
    after_std_ = token.kind == TokenKind::Operator && token.text == "." && was_std_;
    was_std_ = false;
    return true;
  }

  bool closes(char bracket) {
    const char wanted = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
    if (open_.empty() || open_.back() != wanted) return false;
    open_.pop_back();
    return true;
  }

  void mention(std::string_view name) {
    if (name == "thisFile") result_.mentions_this_file = true;
    if (name == "native") result_.mentions_native = true;
  }

  bool word(const Token& token) {
    for (size_t i = 0; i < std::size(kNamePrefixes); ++i)
      if (token.text.substr(0, 2) == kNamePrefixes[i]) result_.prefixes |= static_cast<uint8_t>(1u << i);
    mention(token.text);
    if (token.text == "parseYaml" && after_std_ && !result_.yaml_parser) result_.yaml_parser = token.begin;
    after_std_ = false;
    was_std_ = token.text == "std";
    const auto kind = import_kind(token);
    return !kind || import(*kind, token);
  }

  // `import` is followed by one string and then by the end of the expression.
  bool import(ImportKind kind, const Token& keyword) {
    if (next_.kind != TokenKind::String) return kind == ImportKind::Bytes;  // importbin is an ordinary name for libjsonnet 0.18
    const Token path = next_;
    next_ = lexer_.next();
    const auto value = string_value(path);
    if (!value || !may_follow_import(next_)) return false;
    result_.imports.push_back({kind, keyword.begin, path.end, *value});
    return true;
  }

  Lexer lexer_;
  Token next_;
  Scan result_;
  std::string open_;
  bool was_std_ = false, after_std_ = false;
};

}  // namespace

Scan scan(std::string_view text) { return Scanner(text).run(); }

bool is_identifier(std::string_view name) {
  static constexpr std::string_view kKeywords[] = {"assert", "else", "error", "false", "for", "function", "if", "import", "importstr", "importbin",
                                                   "in", "local", "null", "self", "super", "tailstrict", "then", "true"};
  Lexer lexer(name);
  const Token token = lexer.next();
  return token.kind == TokenKind::Word && token.text == name && std::find(std::begin(kKeywords), std::end(kKeywords), name) == std::end(kKeywords);
}

}  // namespace isvcc::jsonnet
