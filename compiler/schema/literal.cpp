#include "schema/literal.h"

#include <charconv>

namespace isvcc {
namespace {

// Recursive descent over a short trusted text.
class Literal {
 public:
  Literal(std::string_view text, const Make& make) : rest_(text), make_(make) {}

  const Node* whole() {
    const Node* value = any(0);
    blanks();
    return rest_.empty() ? value : nullptr;
  }

 private:
  void blanks() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n')) rest_.remove_prefix(1);
  }

  bool take(std::string_view word) {
    blanks();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  const Node* any(int depth) {
    blanks();
    if (rest_.empty() || depth > 16) return nullptr;
    if (rest_[0] == '{') return map(depth);
    if (rest_[0] == '[') return list(depth);
    if (rest_[0] == '"') return make_.text(text());
    if (take("null")) return make_.null();
    if (take("true")) return make_.boolean(true);
    if (take("false")) return make_.boolean(false);
    return number();
  }

  const Node* number() {
    int64_t whole = 0;
    const char* end = rest_.data() + rest_.size();
    const char* last = std::from_chars(rest_.data(), end, whole).ptr;
    if (last == end || (*last != '.' && *last != 'e' && *last != 'E')) return number_done(last, make_.integer(whole));
    double real = 0;
    last = std::from_chars(rest_.data(), end, real).ptr;
    return number_done(last, make_.number(real));
  }

  const Node* number_done(const char* last, const Node* value) {
    if (last == rest_.data()) return nullptr;
    rest_.remove_prefix(static_cast<size_t>(last - rest_.data()));
    return value;
  }

  std::string text() {
    std::string out;
    for (rest_.remove_prefix(1); !rest_.empty() && rest_[0] != '"'; rest_.remove_prefix(1)) {
      if (rest_[0] == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      out.push_back(rest_[0]);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return out;
  }

  const Node* map(int depth) {
    std::vector<Entry> entries;
    take("{");
    for (blanks(); !rest_.empty() && rest_[0] == '"'; take(",") ? blanks() : void()) {
      const std::string_view key = make_.arena().copy(text());
      if (!take(":")) return nullptr;
      const Node* value = any(depth + 1);
      if (!value) return nullptr;
      entries.push_back({key, value});
    }
    return take("}") ? make_.map(entries) : nullptr;
  }

  const Node* list(int depth) {
    std::vector<const Node*> items;
    take("[");
    while (!take("]")) {
      const Node* value = any(depth + 1);
      if (!value) return nullptr;
      items.push_back(value);
      take(",");
    }
    return make_.list(items);
  }

  std::string_view rest_;
  Make make_;
};

}  // namespace

const Node* json_literal(std::string_view text, const Make& make) { return Literal(text, make).whole(); }

}  // namespace isvcc
