#include "ops/gotemplate/parser.h"

#include <algorithm>
#include <utility>
#include <array>

#include "base/text.h"
#include "ops/gotemplate/lexer.h"
#include "ops/gotemplate/literal.h"

namespace isvcc::gotemplate {

static constexpr int kMaxDepth = 200;

// Ends the parse; never leaves this file.
struct SyntaxError {
  std::string text;
};

// Recursive descent with Go's look-ahead of up to three tokens: error lines come from the token read last.
class Parser {
 public:
  explicit Parser(TemplateSet& set) : set_(set), lexer_(set.text) {}

  void parse_all();

 private:
  // Counts nesting as long as it lives.
  struct Deeper {
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kMaxDepth) parser_.fail("template is nested too deeply");
    }
    ~Deeper() { --parser_.depth_; }
    Parser& parser_;
  };

  Token next();
  Token peek();
  Token next_non_space();
  Token peek_non_space();
  void backup() { ++peeked_; }
  void backup2(const Token& second) { token_[1] = second, peeked_ = 2; }
  void backup3(const Token& third, const Token& second) { token_[1] = second, token_[2] = third, peeked_ = 3; }

  [[noreturn]] void fail(std::string_view message) const;
  [[noreturn]] void unexpected(const Token& token, std::string_view context) const;
  Token expect(TokenKind kind, std::string_view context);

  Ast* make(AstKind kind, const Token& at) { return set_.add({kind, at.pos, at.line, at.text}); }
  void add_template(const std::string& name, Ast* list);
  void definition();
  Ast* separate_body(std::string_view context);
  Ast* item_list(Ast** end);
  Ast* text_or_action();
  Ast* action();
  Ast* loop_exit(AstKind kind, const Token& at, std::string_view words);
  Ast* else_control();
  Ast* branch(AstKind kind, std::string_view context);
  Ast* else_branch(AstKind kind, Ast* end);
  Ast* block_control();
  Ast* template_control();
  std::string template_name(const Token& token, std::string_view context);
  Ast* pipeline(std::string_view context, TokenKind end);
  void declarations(Ast& pipe, std::string_view context);
  void declare(Ast& pipe, const Token& variable);
  bool declares_second(const Ast& pipe, std::string_view context);
  void check_pipeline(const Ast& pipe, std::string_view context) const;
  Ast* command();
  Ast* operand();
  Ast* term();
  Ast* number(const Token& token);
  Ast* string(const Token& token);
  Ast* variable(const Token& token);
  void known_variable(std::string_view name) const;

  TemplateSet& set_;
  Lexer lexer_;
  std::array<Token, 3> token_;
  int peeked_ = 0, depth_ = 0, range_depth_ = 0;
  uint32_t action_line_ = 0;
  std::vector<std::string_view> variables_ = {"$"};
};

Token Parser::next() {
  if (peeked_ > 0) --peeked_;
  else token_[0] = lexer_.next();
  return token_[static_cast<size_t>(peeked_)];
}

Token Parser::peek() {
  if (peeked_ > 0) return token_[static_cast<size_t>(peeked_ - 1)];
  peeked_ = 1;
  return token_[0] = lexer_.next();
}

Token Parser::next_non_space() {
  for (;;)
    if (Token token = next(); token.kind != TokenKind::Space) return token;
}

Token Parser::peek_non_space() {
  const Token token = next_non_space();
  backup();
  return token;
}

void Parser::fail(std::string_view message) const { throw SyntaxError{cat("template: ", set_.name, ':', token_[0].line, ": ", message)}; }

void Parser::unexpected(const Token& token, std::string_view context) const {
  if (token.kind != TokenKind::Error) fail(cat("unexpected ", describe(token), " in ", context));
  std::string extra;
  if (action_line_ != 0 && action_line_ != token.line)
    extra = cat(ends_with(token.text, " action") ? "" : " in action", " started at ", set_.name, ':', action_line_);
  fail(cat(token.text, extra));
}

Token Parser::expect(TokenKind kind, std::string_view context) {
  const Token token = next_non_space();
  if (token.kind != kind) unexpected(token, context);
  return token;
}

void Parser::add_template(const std::string& name, Ast* list) {
  Ast*& known = set_.templates[name];
  if (!known || is_empty_tree(*known)) known = list;
  else if (!is_empty_tree(*list)) fail(cat("template: multiple definition of template ", go_quote(name)));
}

void Parser::parse_all() {
  Ast* root = make(AstKind::List, peek());
  while (peek().kind != TokenKind::Eof) {
    if (peek().kind == TokenKind::LeftDelim) {
      const Token delim = next();
      if (next_non_space().kind == TokenKind::Define) {
        definition();
        continue;
      }
      backup2(delim);
    }
    Ast* node = text_or_action();
    if (node->kind == AstKind::End || node->kind == AstKind::Else) fail(cat("unexpected ", source_of(*node)));
    root->items.push_back(node);
  }
  add_template(std::string(set_.name), root);
}

// {{define}} and {{block}} bodies see no variables and no loop of the text around them.
Ast* Parser::separate_body(std::string_view context) {
  std::vector<std::string_view> variables = {"$"};
  std::swap(variables, variables_);
  const int range_depth = std::exchange(range_depth_, 0);
  Ast* end = nullptr;
  Ast* list = item_list(&end);
  if (end->kind != AstKind::End) fail(cat("unexpected ", source_of(*end), " in ", context));
  std::swap(variables, variables_);
  range_depth_ = range_depth;
  return list;
}

void Parser::definition() {
  const Deeper guard(*this);
  static constexpr std::string_view kContext = "define clause";
  const Token token = next_non_space();
  const std::string name = template_name(token, kContext);
  expect(TokenKind::RightDelim, kContext);
  add_template(name, separate_body(kContext));
}

Ast* Parser::item_list(Ast** end) {
  Ast* list = make(AstKind::List, peek_non_space());
  while (peek_non_space().kind != TokenKind::Eof) {
    Ast* node = text_or_action();
    if (node->kind == AstKind::End || node->kind == AstKind::Else) {
      *end = node;
      return list;
    }
    list->items.push_back(node);
  }
  fail("unexpected EOF");
}

Ast* Parser::text_or_action() {
  const Token token = next_non_space();
  if (token.kind == TokenKind::Text) return make(AstKind::Text, token);
  if (token.kind != TokenKind::LeftDelim) unexpected(token, "input");
  action_line_ = token.line;
  Ast* node = action();
  action_line_ = 0;
  return node;
}

Ast* Parser::action() {
  const Deeper guard(*this);
  const Token token = next_non_space();
  switch (token.kind) {
    case TokenKind::Block: return block_control();
    case TokenKind::Break: return loop_exit(AstKind::Break, token, "{{break}}");
    case TokenKind::Continue: return loop_exit(AstKind::Continue, token, "{{continue}}");
    case TokenKind::Else: return else_control();
    case TokenKind::End: return make(AstKind::End, expect(TokenKind::RightDelim, "end"));
    case TokenKind::If: return branch(AstKind::If, "if");
    case TokenKind::Range: return branch(AstKind::Range, "range");
    case TokenKind::Template: return template_control();
    case TokenKind::With: return branch(AstKind::With, "with");
    default: break;
  }
  backup();
  Ast* node = make(AstKind::Action, peek());
  node->pipe = pipeline("command", TokenKind::RightDelim);
  return node;
}

Ast* Parser::loop_exit(AstKind kind, const Token& at, std::string_view words) {
  if (const Token token = next_non_space(); token.kind != TokenKind::RightDelim) unexpected(token, words);
  if (range_depth_ == 0) fail(cat(words, " outside {{range}}"));
  return make(kind, at);
}

// {{else if …}} and {{else with …}} leave their keyword to else_branch().
Ast* Parser::else_control() {
  const Token peeked = peek_non_space();
  if (peeked.kind == TokenKind::If || peeked.kind == TokenKind::With) return make(AstKind::Else, peeked);
  return make(AstKind::Else, expect(TokenKind::RightDelim, "else"));
}

Ast* Parser::branch(AstKind kind, std::string_view context) {
  const Deeper guard(*this);
  const size_t variables = variables_.size();
  Ast* pipe = pipeline(context, TokenKind::RightDelim);
  Ast* node = set_.add({kind, pipe->pos, pipe->line});
  node->pipe = pipe;
  range_depth_ += kind == AstKind::Range;
  Ast* end = nullptr;
  node->list = item_list(&end);
  range_depth_ -= kind == AstKind::Range;
  if (end->kind == AstKind::Else) node->otherwise = else_branch(kind, end);
  variables_.resize(variables);
  return node;
}

Ast* Parser::else_branch(AstKind kind, Ast* end) {
  const TokenKind chained = kind == AstKind::If ? TokenKind::If : TokenKind::With;
  if (kind != AstKind::Range && peek().kind == chained) {
    next();
    Ast* list = set_.add({AstKind::List, end->pos, end->line});
    list->items.push_back(branch(kind, kind == AstKind::If ? "if" : "with"));
    return list;
  }
  Ast* list = item_list(&end);
  if (end->kind != AstKind::End) fail(cat("expected end; found ", source_of(*end)));
  return list;
}

Ast* Parser::block_control() {
  static constexpr std::string_view kContext = "block clause";
  const Token token = next_non_space();
  const std::string name = template_name(token, kContext);
  Ast* pipe = pipeline(kContext, TokenKind::RightDelim);
  add_template(name, separate_body(kContext));
  Ast* node = make(AstKind::Template, token);
  node->value = name;
  node->pipe = pipe;
  return node;
}

Ast* Parser::template_control() {
  static constexpr std::string_view kContext = "template clause";
  const Token token = next_non_space();
  Ast* node = make(AstKind::Template, token);
  node->value = template_name(token, kContext);
  if (next_non_space().kind == TokenKind::RightDelim) return node;
  backup();
  node->pipe = pipeline(kContext, TokenKind::RightDelim);
  return node;
}

std::string Parser::template_name(const Token& token, std::string_view context) {
  if (token.kind != TokenKind::String && token.kind != TokenKind::RawString) unexpected(token, context);
  const std::optional<std::string> name = unquote(token.text);
  if (!name) fail("invalid syntax");
  return *name;
}

void Parser::declare(Ast& pipe, const Token& token) {
  pipe.declared.push_back(make(AstKind::Variable, token));
  pipe.declared.back()->path = {token.text};
  variables_.push_back(token.text);
}

// After `$x,`: true when the second variable of a range follows.
bool Parser::declares_second(const Ast& pipe, std::string_view context) {
  if (context != "range" || pipe.declared.size() >= 2) fail(cat("too many declarations in ", context));
  const TokenKind kind = peek_non_space().kind;
  if (kind != TokenKind::Variable && kind != TokenKind::RightDelim && kind != TokenKind::RightParen) fail("range can only initialize variables");
  return kind == TokenKind::Variable;
}

void Parser::declarations(Ast& pipe, std::string_view context) {
  while (peek_non_space().kind == TokenKind::Variable) {
    const Token variable = next_non_space();
    const Token after = peek();
    const Token following = peek_non_space();
    if (following.kind == TokenKind::Assign || following.kind == TokenKind::Declare) {
      pipe.flag = following.kind == TokenKind::Assign;
      next_non_space();
      return declare(pipe, variable);
    }
    if (following.kind == TokenKind::Char && following.text == ",") {
      next_non_space();
      declare(pipe, variable);
      if (declares_second(pipe, context)) continue;
      return;
    }
    if (after.kind == TokenKind::Space) backup3(variable, after);
    else backup2(variable);
    return;
  }
}

Ast* Parser::pipeline(std::string_view context, TokenKind end) {
  const Token first = peek_non_space();
  Ast* pipe = set_.add({AstKind::Pipe, first.pos, first.line});
  declarations(*pipe, context);
  for (;;) {
    const Token token = next_non_space();
    if (token.kind == end) break;
    switch (token.kind) {
      case TokenKind::Bool:
      case TokenKind::CharConstant:
      case TokenKind::Complex:
      case TokenKind::Dot:
      case TokenKind::Field:
      case TokenKind::Identifier:
      case TokenKind::Number:
      case TokenKind::Nil:
      case TokenKind::RawString:
      case TokenKind::String:
      case TokenKind::Variable:
      case TokenKind::LeftParen:
        backup();
        pipe->items.push_back(command());
        break;
      default: unexpected(token, context);
    }
  }
  check_pipeline(*pipe, context);
  return pipe;
}

// Only the first command of a pipeline may be a constant.
void Parser::check_pipeline(const Ast& pipe, std::string_view context) const {
  if (pipe.items.empty()) fail(cat("missing value for ", context));
  for (size_t i = 1; i < pipe.items.size(); ++i) {
    switch (pipe.items[i]->items[0]->kind) {
      case AstKind::Bool:
      case AstKind::Dot:
      case AstKind::Nil:
      case AstKind::Number:
      case AstKind::String: fail(cat("non executable command in pipeline stage ", i + 1));
      default: break;
    }
  }
}

Ast* Parser::command() {
  const Token first = peek_non_space();
  Ast* node = set_.add({AstKind::Command, first.pos, first.line});
  for (bool more = true; more;) {
    peek_non_space();
    if (Ast* argument = operand()) node->items.push_back(argument);
    const Token token = next();
    more = token.kind == TokenKind::Space;
    if (token.kind == TokenKind::RightDelim || token.kind == TokenKind::RightParen) backup();
    else if (!more && token.kind != TokenKind::Pipe) unexpected(token, "operand");
  }
  if (node->items.empty()) fail("empty command");
  return node;
}

// A term and the fields after it: .A.B, $x.A, (pipeline).A
Ast* Parser::operand() {
  Ast* node = term();
  if (!node || peek().kind != TokenKind::Field) return node;
  const Token first = peek();
  std::vector<std::string_view> names;
  while (peek().kind == TokenKind::Field) names.push_back(next().text.substr(1));
  switch (node->kind) {
    case AstKind::Field:
    case AstKind::Variable:
      node->pos = first.pos;
      node->path.insert(node->path.end(), names.begin(), names.end());
      return node;
    case AstKind::Bool:
    case AstKind::String:
    case AstKind::Number:
    case AstKind::Nil:
    case AstKind::Dot: fail(cat("unexpected . after term ", go_quote(source_of(*node))));
    default: break;
  }
  Ast* chain = set_.add({AstKind::Chain, first.pos, first.line});
  chain->inner = node;
  chain->path = std::move(names);
  return chain;
}

Ast* Parser::term() {
  const Token token = next_non_space();
  switch (token.kind) {
    case TokenKind::Identifier:
      if (!is_function(token.text)) fail(cat("function ", go_quote(token.text), " not defined"));
      return make(AstKind::Identifier, token);
    case TokenKind::Dot: return make(AstKind::Dot, token);
    case TokenKind::Nil: return make(AstKind::Nil, token);
    case TokenKind::Variable: return variable(token);
    case TokenKind::Field: {
      Ast* field = make(AstKind::Field, token);
      field->path = {token.text.substr(1)};
      return field;
    }
    case TokenKind::Bool: {
      Ast* node = make(AstKind::Bool, token);
      node->flag = token.text == "true";
      return node;
    }
    case TokenKind::CharConstant:
    case TokenKind::Complex:
    case TokenKind::Number: return number(token);
    case TokenKind::LeftParen: {
      const Deeper guard(*this);
      return pipeline("parenthesized pipeline", TokenKind::RightParen);
    }
    case TokenKind::String:
    case TokenKind::RawString: return string(token);
    default: break;
  }
  backup();
  return nullptr;
}

Ast* Parser::number(const Token& token) {
  std::string error;
  const std::optional<Number> number = token.kind == TokenKind::CharConstant ? parse_char(token.text, error) : parse_number(token.text, error);
  if (!number) fail(error);
  Ast* node = make(AstKind::Number, token);
  node->number = *number;
  return node;
}

Ast* Parser::string(const Token& token) {
  std::optional<std::string> value = unquote(token.text);
  if (!value) fail("invalid syntax");
  Ast* node = make(AstKind::String, token);
  node->value = std::move(*value);
  return node;
}

Ast* Parser::variable(const Token& token) {
  if (std::find(variables_.begin(), variables_.end(), token.text) == variables_.end())
    fail(cat("undefined variable ", go_quote(token.text)));
  Ast* node = make(AstKind::Variable, token);
  node->path = {token.text};
  return node;
}

std::string parse(TemplateSet& set) {
  try {
    Parser(set).parse_all();
  } catch (const SyntaxError& error) {
    return error.text;
  }
  return {};
}

}  // namespace isvcc::gotemplate
