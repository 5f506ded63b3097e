#include "schema/cel_parse.h"

#include <charconv>

#include "base/text.h"

namespace isvcc::cel {
namespace {

constexpr size_t longest_text = 64 * 1024;
constexpr int most_levels = 100;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_name_start(c) || is_digit(c); }

struct BinaryOperator {
  std::string_view text;
  Op op;
  int level;  // binds tighter when higher
};

// Longer ones first.
constexpr BinaryOperator operators[] = {
    {"||", Op::Or, 1},         {"&&", Op::And, 2},      {"<=", Op::LessEqual, 3}, {">=", Op::GreaterEqual, 3}, {"==", Op::Equal, 3}, {"!=", Op::NotEqual, 3},
    {"<", Op::Less, 3},        {">", Op::Greater, 3},   {"+", Op::Add, 4},        {"-", Op::Subtract, 4},      {"*", Op::Multiply, 5}, {"/", Op::Divide, 5},
    {"%", Op::Modulo, 5},
};

// CRD rules write names that CEL does not allow in this way.
std::string unescaped(std::string name) {
  for (const auto& [from, to] : {std::pair("__underscores__", "__"), {"__dot__", "."}, {"__dash__", "-"}, {"__slash__", "/"}}) name = replace_all(std::move(name), from, to);
  if (name.size() > 4 && name.starts_with("__") && name.ends_with("__")) name = name.substr(2, name.size() - 4);
  return name;
}

struct WordRow {
  std::string_view name;
  Word word;
};
constexpr WordRow kWords[] = {{"all", Word::All}, {"exists", Word::Exists}, {"exists_one", Word::ExistsOne}, {"filter", Word::Filter}, {"map", Word::Map}, {"size", Word::Size},
                              {"startsWith", Word::StartsWith}, {"endsWith", Word::EndsWith}, {"contains", Word::Contains}, {"matches", Word::Matches}, {"find", Word::Find}};

Word word_of(std::string_view name) {
  for (const WordRow& row : kWords)
    if (row.name == name) return row.word;
  return Word::Other;
}

// A method that binds a name: range.all(x, condition).
bool is_macro(const Expression& e) { return e.arguments.size() == 3 && e.arguments[1]->op == Op::Name && e.word >= Word::All && e.word <= Word::Map; }

class Parser {
 public:
  Parser(std::string_view text, const Make& make) : rest_(text), make_(make) {}

  std::unique_ptr<Expression> run(std::string& error) {
    auto out = conditional();
    blanks();
    if (out && !rest_.empty()) fail("unexpected text");
    error = error_;
    return error_.empty() ? std::move(out) : nullptr;
  }

 private:
  using Pointer = std::unique_ptr<Expression>;

  // Counts nesting for as long as it lives.
  struct Level {
    explicit Level(Parser& parser) : parser_(parser) { ++parser_.depth_; }
    ~Level() { --parser_.depth_; }
    Parser& parser_;
  };

  Pointer fail(std::string_view what) {
    if (error_.empty()) error_ = cat(what, " at ", quote(rest_.substr(0, 20)));
    return nullptr;
  }

  void blanks() {
    for (;;) {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
      if (!rest_.starts_with("//")) return;
      rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    }
  }

  bool take(std::string_view text) {
    blanks();
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  bool take_word(std::string_view word) {
    blanks();
    if (!rest_.starts_with(word) || (rest_.size() > word.size() && is_name(rest_[word.size()]))) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  Pointer make(Op op, std::string name = {}) {
    auto out = std::make_unique<Expression>();
    out->op = op;
    out->name = std::move(name);
    return out;
  }

  Pointer binary(Op op, Pointer left, Pointer right) {
    if (!left || !right) return nullptr;
    Pointer out = make(op);
    out->arguments.push_back(std::move(left));
    out->arguments.push_back(std::move(right));
    return out;
  }

  Pointer conditional() {
    const Level level(*this);
    if (depth_ > most_levels) return fail("nested too deeply");
    Pointer condition = operation(1);
    if (!condition || !take("?")) return condition;
    Pointer yes = conditional();
    if (!yes || !take(":")) return fail("expected `:`");
    Pointer no = conditional();
    if (!no) return nullptr;
    Pointer out = binary(Op::Conditional, std::move(condition), std::move(yes));
    out->arguments.push_back(std::move(no));
    return out;
  }

  const BinaryOperator* next_operator() {
    blanks();
    static constexpr BinaryOperator in = {"in", Op::In, 3};
    if (rest_.starts_with("in") && (rest_.size() == 2 || !is_name(rest_[2]))) return &in;
    for (const BinaryOperator& candidate : operators)
      if (rest_.starts_with(candidate.text)) return &candidate;
    return nullptr;
  }

  // Precedence climbing; all are left-associative.
  Pointer operation(int least) {
    Pointer left = unary();
    while (left) {
      const BinaryOperator* next = next_operator();
      if (!next || next->level < least) return left;
      rest_.remove_prefix(next->text.size());
      left = binary(next->op, std::move(left), operation(next->level + 1));
    }
    return left;
  }

  Pointer unary() {
    const Level level(*this);
    if (depth_ > most_levels) return fail("nested too deeply");
    blanks();
    if (rest_.starts_with("!") && !rest_.starts_with("!=")) return unary_of(Op::Not);
    if (rest_.starts_with("-") && rest_.size() > 1 && !is_digit(rest_[1])) return unary_of(Op::Negate);
    return member();
  }

  Pointer unary_of(Op op) {
    rest_.remove_prefix(1);
    Pointer inner = unary();
    if (!inner) return nullptr;
    Pointer out = make(op);
    out->arguments.push_back(std::move(inner));
    return out;
  }

  Pointer member() {
    Pointer at = primary();
    while (at) {
      if (take(".")) at = selection(std::move(at));
      else if (take("[")) at = index(std::move(at));
      else return at;
    }
    return at;
  }

  Pointer selection(Pointer of) {
    const std::string name = take_name();
    if (name.empty()) return fail("expected a name");
    if (!take("(")) {
      Pointer out = make(Op::Select, unescaped(name));
      out->written = name;
      out->arguments.push_back(std::move(of));
      return out;
    }
    Pointer out = make(Op::Method, name);
    out->arguments.push_back(std::move(of));
    if (!arguments(*out, ")")) return nullptr;
    out->word = word_of(name);
    if (is_macro(*out)) out->op = Op::Macro;
    return out;
  }

  Pointer index(Pointer of) {
    Pointer out = binary(Op::Index, std::move(of), conditional());
    return out && take("]") ? std::move(out) : fail("expected `]`");
  }

  bool arguments(Expression& into, std::string_view end) {
    if (take(end)) return true;
    do {
      Pointer one = conditional();
      if (!one) return false;
      into.arguments.push_back(std::move(one));
    } while (take(","));
    return take(end) || (fail("expected a closing bracket"), false);
  }

  std::string take_name() {
    blanks();
    if (rest_.empty() || !is_name_start(rest_[0])) return {};
    size_t end = 0;
    while (end < rest_.size() && is_name(rest_[end])) ++end;
    std::string name(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return name;
  }

  Pointer literal(const Node* value) {
    Pointer out = make(Op::Literal);
    out->literal = value;
    return out;
  }

  Pointer primary() {
    blanks();
    if (rest_.empty()) return fail("unexpected end");
    const char c = rest_[0];
    if (take("(")) {
      Pointer inner = conditional();
      return inner && take(")") ? std::move(inner) : fail("expected `)`");
    }
    if (take("[")) {
      Pointer out = make(Op::List);
      return arguments(*out, "]") ? std::move(out) : nullptr;
    }
    if (c == '{') return map();
    if (c == '"' || c == '\'') return text(false);
    if ((c == 'r' || c == 'R') && rest_.size() > 1 && (rest_[1] == '"' || rest_[1] == '\'')) return rest_.remove_prefix(1), text(true);
    if (is_digit(c) || c == '-' || (c == '.' && rest_.size() > 1 && is_digit(rest_[1]))) return number();
    return named();
  }

  Pointer map() {
    rest_.remove_prefix(1);
    Pointer out = make(Op::Map);
    if (take("}")) return out;
    do {
      Pointer key = conditional();
      if (!key || !take(":")) return fail("expected `:`");
      Pointer value = conditional();
      if (!value) return nullptr;
      out->arguments.push_back(std::move(key));
      out->arguments.push_back(std::move(value));
    } while (take(","));
    return take("}") ? std::move(out) : fail("expected `}`");
  }

  Pointer named() {
    if (take_word("true")) return literal(make_.boolean(true));
    if (take_word("false")) return literal(make_.boolean(false));
    if (take_word("null")) return literal(make_.null());
    const std::string name = take_name();
    if (name.empty()) return fail("unexpected character");
    if (!take("(")) return make(Op::Name, name);
    Pointer out = make(Op::Call, name);
    if (!arguments(*out, ")")) return nullptr;
    if (name == "has" && out->arguments.size() == 1 && out->arguments[0]->op == Op::Select) out->op = Op::Has;
    return out;
  }

  Pointer number() {
    const char* begin = rest_.data();
    const char* end = begin + rest_.size();
    int64_t whole = 0;
    const bool hex = rest_.starts_with("0x") || rest_.starts_with("0X");
    auto [last, error] = std::from_chars(begin + (hex ? 2 : 0), end, whole, hex ? 16 : 10);
    if (error == std::errc() && (last == end || hex || (*last != '.' && *last != 'e' && *last != 'E'))) {
      if (last != end && (*last == 'u' || *last == 'U')) ++last;
      return number_done(last, make_.integer(whole));
    }
    double real = 0;
    const auto parsed = std::from_chars(begin, end, real);
    if (parsed.ec != std::errc()) return fail("not a number");
    return number_done(parsed.ptr, make_.number(real));
  }

  Pointer number_done(const char* last, const Node* value) {
    rest_.remove_prefix(static_cast<size_t>(last - rest_.data()));
    return literal(value);
  }

  Pointer text(bool raw) {
    const std::string_view quote = rest_.starts_with("\"\"\"") || rest_.starts_with("'''") ? rest_.substr(0, 3) : rest_.substr(0, 1);
    rest_.remove_prefix(quote.size());
    std::string out;
    while (!rest_.starts_with(quote)) {
      if (rest_.empty()) return fail("a text does not end");
      if (rest_[0] == '\\' && !raw) {
        if (!escape(out)) return fail("unknown escape");
        continue;
      }
      out.push_back(rest_[0]);
      rest_.remove_prefix(1);
    }
    rest_.remove_prefix(quote.size());
    return literal(make_.text(out));
  }

  bool escape(std::string& out) {
    if (rest_.size() < 2) return false;
    constexpr std::string_view names = "abfnrtv\\'\"`?", meanings = "\a\b\f\n\r\t\v\\'\"`?";
    const size_t at = names.find(rest_[1]);
    if (at == std::string_view::npos) return false;
    out.push_back(meanings[at]);
    rest_.remove_prefix(2);
    return true;
  }

  std::string_view rest_;
  Make make_;
  std::string error_;
  int depth_ = 0;
};

}  // namespace

std::unique_ptr<Expression> parse(std::string_view text, const Make& make, std::string& error) {
  if (text.size() > longest_text) return error = "the expression is too long", nullptr;
  return Parser(text, make).run(error);
}

}  // namespace isvcc::cel
