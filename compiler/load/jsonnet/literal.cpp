#include "load/jsonnet/literal.h"

#include "load/jsonnet/token.h"

namespace isvcc::jsonnet {

// Only tokens that JSON has too. Comments are passed over here and refused by the JSON reader.
static bool may_be_json(std::string_view text) {
  Lexer lexer(text);
  for (;;) {
    const Token token = lexer.next();
    switch (token.kind) {
      case TokenKind::End: return true;
      case TokenKind::Bad: return false;
      case TokenKind::Word:
        if (token.text != "true" && token.text != "false" && token.text != "null") return false;
        break;
      case TokenKind::String:
        if (token.text[0] != '"') return false;
        break;
      case TokenKind::Open:
      case TokenKind::Close:
        if (token.text == "(" || token.text == ")") return false;
        break;
      case TokenKind::Separator:
        if (token.text != ",") return false;
        break;
      case TokenKind::Operator:
        if (token.text != ":" && token.text != "-") return false;
        break;
      case TokenKind::Number: break;
    }
  }
}

const Node* read_literal(std::string_view text, FileId file, const Limits& limits, Arena& arena) {
  if (!may_be_json(text)) return nullptr;
  Diagnostics diags;
  Scratch scratch{arena, diags};
  const auto values = read_json(text, file, limits, scratch);
  return diags.all().empty() && values.size() == 1 ? values[0] : nullptr;
}

}  // namespace isvcc::jsonnet
