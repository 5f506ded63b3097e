#include "tools/notation.h"

#include <charconv>
#include <cstdlib>

#include "base/text.h"

namespace isvcc::notation {
namespace {

// Splits a line into words; `…` quotes a word that holds blanks, also after `name=`.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}

  // Empty at the end of the line.
  std::string next() {
    rest_ = trim(rest_);
    std::string word;
    bool quoted = false, any = false;
    int depth = 0;
    size_t i = 0;
    for (; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (c == '`') {
        quoted = !quoted;
        any = true;
      }
      else if (!quoted && c == '#' && word.empty() && !any) return rest_ = {}, word;
      else if (!quoted && depth == 0 && (c == ' ' || c == '\t')) break;
      if (!quoted && c == '(') ++depth;
      if (!quoted && c == ')') --depth;
      word.push_back(c);
    }
    rest_.remove_prefix(i);
    return word;
  }

  std::string_view rest() const { return trim(rest_); }

 private:
  std::string_view rest_;
};

std::string without_quotes(std::string_view word) {
  std::string out;
  for (const char c : word)
    if (c != '`') out.push_back(c);
  return out;
}

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (const std::string_view piece : split(text, separator)) out.emplace_back(piece);
  return out;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Parser {
 public:
  Parser(std::string file, File& into) : file_(std::move(file)), into_(into) {}

  bool run(std::string_view text) {
    for (const std::string_view line : split(text, '\n')) {
      ++line_;
      const std::string_view content = trim(line);
      if (content.empty() || content[0] == '#') continue;
      const size_t indent = line.find_first_not_of(' ');
      if (indent == 0) top(content);
      else if (content.starts_with("rule ")) rule(content.substr(5));
      else member(content);
      if (!error_.empty()) return false;
    }
    return true;
  }

  const std::string& error() const { return error_; }

 private:
  Place place() const { return {file_, line_}; }
  void fail(const std::string& text) {
    if (error_.empty()) error_ = cat(file_, ':', line_, ": ", text);
  }

  void top(std::string_view line) {
    Words words(line);
    const std::string verb = words.next();
    if (verb == "releases") return releases(words);
    if (verb == "type") return type(words);
    if (verb == "alias") return alias(words);
    if (verb == "kind") return kind(words);
    fail(cat("expected releases, type, alias or kind, found ", quote(verb)));
  }

  void releases(Words& words) {
    for (std::string word = words.next(); !word.empty(); word = words.next()) into_.releases.push_back(word);
  }

  void type(Words& words) {
    TypeDeclaration declaration;
    declaration.place = place();
    declaration.name = words.next();
    std::string word = words.next();
    if (word == "from") {
      declaration.base = words.next();
      word = words.next();
    }
    for (; !word.empty(); word = words.next())
      if (!constraint(word, declaration.constraints)) fail(cat("unknown word ", quote(word)));
    into_.types.push_back(std::move(declaration));
    in_kind_ = false;
  }

  void alias(Words& words) {
    TypeDeclaration declaration;
    declaration.place = place();
    declaration.name = words.next();
    if (words.next() != "=") fail("expected alias NAME = TYPE");
    FieldDeclaration field;
    typed(words, field);
    declaration.alias = field.type;
    into_.types.push_back(std::move(declaration));
    in_kind_ = false;
  }

  void kind(Words& words) {
    KindDeclaration declaration;
    declaration.type.place = place();
    declaration.api_version = words.next();
    declaration.kind = words.next();
    const std::string scope = words.next();
    if (scope != "namespaced" && scope != "cluster") fail("expected namespaced or cluster");
    declaration.namespaced = scope == "namespaced";
    for (std::string word = words.next(); !word.empty(); word = words.next())
      if (!releases_of(word, declaration.since, declaration.until) && !constraint(word, declaration.type.constraints))
        fail(cat("unknown word ", quote(word)));
    into_.kinds.push_back(std::move(declaration));
    in_kind_ = true;
  }

  void member(std::string_view line) {
    if (in_kind_ ? into_.kinds.empty() : into_.types.empty()) return fail("a field needs a type above it");
    Member member;
    member.place = place();
    Words words(line);
    std::string word = words.next();
    if (word == "include" || word == "drop") {
      member.form = word == "drop" ? Member::Form::Drop : Member::Form::Include;
      member.name = words.next();
    } else {
      if (word.size() < 2 || word.back() != ':') return fail(cat("expected NAME: TYPE, found ", quote(line)));
      word.pop_back();
      member.field.always = word.back() == '!';
      if (member.field.always) word.pop_back();
      member.field.name = word;
      member.field.place = place();
      typed(words, member.field);
    }
    owner().members.push_back(std::move(member));
  }

  TypeDeclaration& owner() { return in_kind_ ? into_.kinds.back().type : into_.types.back(); }

  // rule `expression` `message`: about the field above it, or about the type when there is none yet.
  void rule(std::string_view text) {
    Words words(text);
    Rule rule;
    rule.expression = without_quotes(words.next());
    rule.message = without_quotes(words.next());
    if (in_kind_ ? into_.kinds.empty() : into_.types.empty()) return fail("a rule needs a type above it");
    TypeDeclaration& type = owner();
    (type.members.empty() ? type.constraints : type.members.back().field.type.constraints).rules.push_back(std::move(rule));
  }

  void typed(Words& words, FieldDeclaration& field) {
    field.type = expression(words.next());
    for (std::string word = words.next(); !word.empty(); word = words.next()) attribute(word, field);
  }

  void attribute(const std::string& word, FieldDeclaration& field) {
    if (word == "required") field.required = true;
    else if (word.starts_with("default=")) field.default_json = without_quotes(word.substr(8));
    else if (!releases_of(word, field.since, field.until) && !constraint(word, field.type.constraints))
      fail(cat("unknown word ", quote(word)));
  }

  static bool releases_of(const std::string& word, std::string& since, std::string& until) {
    if (word.starts_with("since=")) return since = word.substr(6), true;
    if (word.starts_with("until=")) return until = word.substr(6), true;
    return false;
  }

  // [T], {T}, *T, T, each with constraints in brackets: [string(minLen=1)]
  TypeExpression expression(std::string_view text) {
    TypeExpression out;
    if (text.starts_with("*")) {
      out = expression(text.substr(1));
      out.pointer = true;
      return out;
    }
    std::string_view inside;
    if (text.ends_with(")")) {
      const size_t open = outer_parenthesis(text);
      inside = text.substr(open + 1, text.size() - open - 2);
      text = text.substr(0, open);
    }
    if (text.size() >= 2 && ((text[0] == '[' && text.back() == ']') || (text[0] == '{' && text.back() == '}'))) {
      out.form = text[0] == '[' ? TypeExpression::Form::List : TypeExpression::Form::Map;
      out.inner = std::make_shared<TypeExpression>(expression(text.substr(1, text.size() - 2)));
    } else {
      out.name = text;
      if (text.empty() || text.find_first_of("[]{}()=|") != std::string_view::npos) fail(cat("not a type: ", quote(text)));
    }
    Words words(inside);
    for (std::string word = words.next(); !word.empty(); word = words.next())
      if (!constraint(word, out.constraints)) fail(cat("unknown word ", quote(word)));
    return out;
  }

  // The bracket that belongs to the last character.
  static size_t outer_parenthesis(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = text.size(); i-- > 0;) {
      if (text[i] == '`') quoted = !quoted;
      if (quoted) continue;
      if (text[i] == ')') ++depth;
      if (text[i] == '(' && --depth == 0) return i;
    }
    return 0;
  }

  bool constraint(const std::string& word, Constraints& into) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return flag(word, into);
    const std::string name = word.substr(0, equals), value = without_quotes(word.substr(equals + 1));
    return text_constraint(name, value, into) || number_constraint(name, value, into);
  }

  static bool flag(const std::string& word, Constraints& into) {
    if (word == "nullable") into.nullable = true;
    else if (word == "preserve") into.preserve = true;
    else if (word == "embedded") into.embedded = true;
    else if (word == "set") into.set = true;
    else if (word == "unique") into.unique = true;
    else if (word == "merge") into.merge = true;
    else if (word == "retainKeys") into.retain_keys = true;
    else return false;
    return true;
  }

  static bool text_constraint(const std::string& name, const std::string& value, Constraints& into) {
    if (name == "enum") into.enumeration = parts(value, '|');
    else if (name == "pattern") into.pattern = value;
    else if (name == "format") into.format = value;
    else if (name == "atMostOne") into.at_most_one = parts(value, '|');
    else if (name == "map") into.map_keys = parts(value, ',');
    else if (name == "merge") into.merge = true, into.merge_key = value;
    else return false;
    return true;
  }

  bool number_constraint(const std::string& name, const std::string& text, Constraints& into) {
    const std::optional<double> value = number(text);
    if (!value) return fail(cat("not a number: ", quote(text))), false;
    const auto whole = static_cast<int64_t>(*value);
    if (name == "min") into.minimum = value;
    else if (name == "max") into.maximum = value;
    else if (name == "above") into.minimum = value, into.exclusive_minimum = true;
    else if (name == "below") into.maximum = value, into.exclusive_maximum = true;
    else if (name == "multipleOf") into.multiple_of = value;
    else if (name == "minLen") into.min_length = whole;
    else if (name == "maxLen") into.max_length = whole;
    else if (name == "minItems") into.min_items = whole;
    else if (name == "maxItems") into.max_items = whole;
    else if (name == "minProps") into.min_properties = whole;
    else if (name == "maxProps") into.max_properties = whole;
    else return false;
    return true;
  }

  std::string file_, error_;
  File& into_;
  int line_ = 0;
  bool in_kind_ = false;
};

}  // namespace

bool parse(std::string_view text, const std::string& file, File& into, std::string& error) {
  Parser parser(file, into);
  if (parser.run(text)) return true;
  error = parser.error();
  return false;
}

}  // namespace isvcc::notation
