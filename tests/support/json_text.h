#pragma once
// A plain JSON reader for test data. Trusts its input; numbers become Int, Uint or Float as Kubernetes' reader has them.
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "tree/make.h"

namespace isvcc::test {

class JsonText {
 public:
  JsonText(std::string_view text, Arena& arena) : at_(text), make_(arena) {}

  const Node* value() {
    blanks();
    switch (at_.at(0)) {
      case '{': return map();
      case '[': return list();
      case '"': return make_.text(text());
      case 't': return word(4, make_.boolean(true));
      case 'f': return word(5, make_.boolean(false));
      case 'n': return word(4, make_.null());
      default: return number();
    }
  }

 private:
  void blanks() {
    while (!at_.empty() && std::string_view(" \t\r\n").find(at_[0]) != std::string_view::npos) at_.remove_prefix(1);
  }
  bool take(char c) {
    blanks();
    if (at_.empty() || at_[0] != c) return false;
    at_.remove_prefix(1);
    return true;
  }
  const Node* word(size_t length, const Node* node) {
    at_.remove_prefix(length);
    return node;
  }
  const Node* map() {
    std::vector<Field> fields;
    take('{');
    while (!take('}')) {
      blanks();
      const std::string_view key = make_.arena().copy(text());
      take(':');
      fields.push_back({key.data(), static_cast<uint32_t>(key.size()), 0, value()});
      take(',');
    }
    return make_.fields(fields);
  }
  const Node* list() {
    std::vector<const Node*> items;
    take('[');
    while (!take(']')) {
      items.push_back(value());
      take(',');
    }
    return make_.list(items);
  }
  const Node* number() {
    const std::string_view digits = at_.substr(0, at_.find_first_not_of("+-.0123456789eE"));
    at_.remove_prefix(digits.size());
    const char* end = digits.data() + digits.size();
    int64_t i = 0;
    uint64_t u = 0;
    double d = 0;
    if (std::from_chars(digits.data(), end, i).ptr == end && (i != 0 || digits == "0" || digits == "-0")) return make_.integer(i);
    if (const auto r = std::from_chars(digits.data(), end, u); r.ptr == end && r.ec == std::errc()) return make_.uinteger(u);
    std::from_chars(digits.data(), end, d);
    return make_.number(d);
  }
  uint32_t hex() {
    uint32_t c = 0;
    std::from_chars(at_.data(), at_.data() + 4, c, 16);
    at_.remove_prefix(4);
    return c;
  }
  static void append(std::string& out, uint32_t c) {
    if (c < 0x80) return void(out += static_cast<char>(c));
    const int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    out += static_cast<char>((0xFF00 >> (tails + 1)) | (c >> (6 * tails)));
    for (int i = tails - 1; i >= 0; --i) out += static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F));
  }
  void escape(std::string& out) {
    const char c = at_[0];
    at_.remove_prefix(1);
    if (c != 'u') return void(out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c);
    uint32_t code = hex();
    if (code >= 0xD800 && code < 0xDC00) {
      at_.remove_prefix(2);
      code = 0x10000 + ((code - 0xD800) << 10) + (hex() - 0xDC00);
    }
    append(out, code);
  }
  std::string text() {
    std::string out;
    at_.remove_prefix(1);
    while (at_.at(0) != '"') {
      const char c = at_[0];
      at_.remove_prefix(1);
      if (c == '\\') escape(out);
      else out += c;
    }
    at_.remove_prefix(1);
    return out;
  }

  std::string_view at_;
  Make make_;
};

inline const Node* read_json(std::string_view text, Arena& arena) { return JsonText(text, arena).value(); }

}  // namespace isvcc::test
