#include "ops/go_json_reader.h"

#include <charconv>
#include <vector>

#include "base/char_set.h"
#include "base/text.h"
#include "ops/go_text.h"
#include "tree/make.h"

namespace isvcc {

static constexpr int kMaxDepth = 200;

// What may stand in a string as it is: ASCII without controls, quotes and backslashes.
static constexpr CharSet kSimple(
    " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

// The byte as encoding/json shows it: a Go character constant, with ' in place of ".
static std::string shown(char c) {
  if (c == '\'') return "'\\''";
  if (c == '"') return "'\"'";
  std::string text;
  append_rune(text, static_cast<unsigned char>(c));
  const std::string quoted = go_quote(text);
  return cat('\'', quoted.substr(1, quoted.size() - 2), '\'');
}

class GoJsonReader {
 public:
  GoJsonReader(std::string_view text, Arena& arena) : text_(text), make_(arena) {}

  const Node* document() {
    const Node* node = value(0);
    skip_blanks();
    if (node && pos_ < text_.size()) return fail("after top-level value");
    return node;
  }

  std::string error;

 private:
  bool at_end() const { return pos_ >= text_.size(); }
  char peek() const { return text_[pos_]; }
  bool take(char c) {
    if (at_end() || peek() != c) return false;
    ++pos_;
    return true;
  }
  void skip_blanks() { pos_ = kJsonBlanks.first_not_in(text_, pos_); }

  std::nullptr_t fail(std::string_view context) {
    if (error.empty()) error = at_end() ? "unexpected end of JSON input" : cat("invalid character ", shown(peek()), ' ', context);
    return nullptr;
  }

  // Inside a word, a number or an escape, Go takes the end of the text for a blank.
  std::nullptr_t fail_inside(std::string_view context) {
    if (error.empty() && at_end()) error = cat("invalid character ' ' ", context);
    return fail(context);
  }

  const Node* value(int depth) {
    skip_blanks();
    if (depth > kMaxDepth) error = "exceeded max depth";
    if (!error.empty() || at_end()) return fail("");
    switch (peek()) {
      case '{': return object(depth);
      case '[': return list(depth);
      case '"': {
        std::string out;
        return string(out) ? make_.text(out) : nullptr;
      }
      case 't': return literal("true") ? make_.boolean(true) : nullptr;
      case 'f': return literal("false") ? make_.boolean(false) : nullptr;
      case 'n': return literal("null") ? make_.null() : nullptr;
      default: break;
    }
    if (peek() == '-' || is_digit()) return number();
    return fail("looking for beginning of value");
  }

  const Node* object(int depth) {
    std::vector<Field> fields;
    ++pos_;
    skip_blanks();
    if (take('}')) return make_.fields(fields);
    for (;;) {
      skip_blanks();
      if (at_end() || peek() != '"') return fail("looking for beginning of object key string");
      std::string key;
      if (!string(key)) return nullptr;
      skip_blanks();
      if (!take(':')) return fail("after object key");
      const Node* member = value(depth + 1);
      if (!member) return nullptr;
      const std::string_view kept = make_.arena().copy(key);
      fields.push_back({kept.data(), static_cast<uint32_t>(kept.size()), 0, member});
      skip_blanks();
      if (take('}')) return make_.fields(fields);
      if (!take(',')) return fail("after object key:value pair");
    }
  }

  const Node* list(int depth) {
    std::vector<const Node*> items;
    ++pos_;
    skip_blanks();
    if (take(']')) return make_.list(items);
    for (;;) {
      const Node* item = value(depth + 1);
      if (!item) return nullptr;
      items.push_back(item);
      skip_blanks();
      if (take(']')) return make_.list(items);
      if (!take(',')) return fail("after array element");
    }
  }

  bool literal(std::string_view word) {
    for (size_t i = 0; i < word.size(); ++i)
      if (!take(word[i])) return fail_inside(cat("in literal ", word, " (expecting ", shown(word[i]), ')')), false;
    return true;
  }

  void simple_characters(std::string& out) {
    const size_t end = kSimple.first_not_in(text_, pos_);
    out += text_.substr(pos_, end - pos_);
    pos_ = end;
  }

  bool string(std::string& out) {
    ++pos_;
    for (simple_characters(out); !at_end() && peek() != '"'; simple_characters(out)) {
      if (peek() == '\\') {
        if (!escape(out)) return false;
        continue;
      }
      if (static_cast<unsigned char>(peek()) < 0x20) return fail("in string literal"), false;
      const Rune rune = first_rune(text_.substr(pos_));
      append_rune(out, rune.code);
      pos_ += rune.length;
    }
    return take('"') || (fail(""), false);
  }

  bool escape(std::string& out) {
    static constexpr std::string_view kLetters = "bfnrt\"\\/", kMeanings = "\b\f\n\r\t\"\\/";
    ++pos_;
    if (at_end()) return fail_inside("in string escape code"), false;
    if (peek() == 'u') {
      ++pos_;
      return unicode_escape(out);
    }
    const size_t known = kLetters.find(peek());
    if (known == std::string_view::npos) return fail("in string escape code"), false;
    out += kMeanings[known];
    ++pos_;
    return true;
  }

  bool hex4(uint32_t& code) {
    code = 0;
    for (int i = 0; i < 4; ++i, ++pos_) {
      uint32_t digit = 0;
      if (at_end() || std::from_chars(text_.data() + pos_, text_.data() + pos_ + 1, digit, 16).ec != std::errc())
        return fail_inside("in \\u hexadecimal character escape"), false;
      code = code << 4 | digit;
    }
    return true;
  }

  // Half a surrogate pair becomes U+FFFD.
  bool unicode_escape(std::string& out) {
    uint32_t code = 0;
    if (!hex4(code)) return false;
    if (code >= 0xD800 && code < 0xDC00 && starts_with(text_.substr(pos_), "\\u")) {
      const size_t before = pos_;
      uint32_t low = 0;
      pos_ += 2;
      if (!hex4(low)) return false;
      if (low >= 0xDC00 && low < 0xE000) code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      else pos_ = before;
    }
    append_rune(out, code);
    return true;
  }

  bool is_digit() const { return !at_end() && peek() >= '0' && peek() <= '9'; }
  bool digits(std::string_view context) {
    if (!is_digit()) return fail_inside(context), false;
    while (is_digit()) ++pos_;
    return true;
  }

  const Node* number() {
    const size_t start = pos_;
    take('-');
    if (!take('0') && !digits("in numeric literal")) return nullptr;
    bool whole = true;
    if (take('.')) {
      whole = false;
      if (!digits("after decimal point in numeric literal")) return nullptr;
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) take('-');
      if (!digits("in exponent of numeric literal")) return nullptr;
    }
    const std::string_view text = text_.substr(start, pos_ - start);
    if (const auto integer = whole ? parse_int(text) : std::nullopt) return make_.integer(*integer);
    double real = 0;
    std::from_chars(text.data(), text.data() + text.size(), real);
    return make_.number(real);
  }

  std::string_view text_;
  Make make_;
  size_t pos_ = 0;
};

const Node* read_go_json(std::string_view text, Arena& arena, std::string& error) {
  GoJsonReader reader(text, arena);
  const Node* node = reader.document();
  error = std::move(reader.error);
  return node;
}

}  // namespace isvcc
