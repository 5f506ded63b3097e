#include "load/json_parser.h"

#include <charconv>
#include <utility>

#include "base/text.h"
#include "load/encoding.h"
#include "load/scalar.h"

namespace isvcc {

void JsonParser::skip_blanks() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
}

bool JsonParser::at_end() {
  skip_blanks();
  return at_ >= text_.size();
}

bool JsonParser::fail(std::string message, size_t at) { return tree_.fail({Code::InvalidJson, at, at, std::move(message), {}, 0, {}}); }

bool JsonParser::unexpected(std::string_view wanted) {
  if (at_ >= text_.size()) return fail(cat("the text ends where ", wanted, " is expected"), text_.size());
  size_t end = at_ + 1;
  while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
  return fail(cat(quote(text_.substr(at_, end - at_)), " where ", wanted, " is expected"), at_);
}

// The stack of open lists and maps is the builder's; this loop only looks at its top.
bool JsonParser::value() {
  base_depth_ = tree_.depth();
  do {
    skip_blanks();
    if (!element()) return false;
  } while (tree_.depth() > base_depth_);
  return true;
}

// One value, one opening bracket or one key, with the closing brackets and the comma behind it.
bool JsonParser::element() {
  if (tree_.expects_key()) return member();
  if (peek() == '{') return open(Kind::Map);
  if (peek() == '[') return open(Kind::List);
  return scalar() && after_value();
}

bool JsonParser::open(Kind kind) {
  if (!tree_.open(kind, at_)) return false;
  ++at_;
  skip_blanks();
  const char bracket = kind == Kind::Map ? '}' : ']';
  return peek() != bracket || (close() && after_value());
}

bool JsonParser::close() {
  ++at_;
  return tree_.close(at_);
}

bool JsonParser::member() {
  if (peek() != '"') return unexpected("a key in double quotes");
  const size_t begin = at_;
  std::string_view key;
  if (!string(key)) return false;
  skip_blanks();
  if (peek() != ':') return unexpected("a colon");
  ++at_;
  return tree_.key(key, begin);
}

// Commas and closing brackets up to the next value or key.
bool JsonParser::after_value() {
  while (tree_.depth() > base_depth_) {
    skip_blanks();
    const char bracket = tree_.in_map() ? '}' : ']';
    if (peek() == ',') {
      ++at_;
      return true;
    }
    if (peek() != bracket) return unexpected(bracket == '}' ? "a comma or '}'" : "a comma or ']'");
    if (!close()) return false;
  }
  return true;
}

bool JsonParser::scalar() {
  Node node;
  switch (peek()) {
    case '"': {
      const size_t begin = at_;
      std::string_view text;
      if (!string(text)) return false;
      node.kind = Kind::String;
      node.quoted = true;
      node.text = text.data();
      node.size = static_cast<uint32_t>(text.size());
      return tree_.add(node, begin, at_);
    }
    case 'n': return word("null", node);
    case 't':
      node.kind = Kind::Bool;
      node.b = true;
      return word("true", node);
    case 'f':
      node.kind = Kind::Bool;
      node.b = false;
      return word("false", node);
    default: return number();
  }
}

bool JsonParser::word(std::string_view word, const Node& node) {
  if (!starts_with(text_.substr(at_), word)) return unexpected("a value");
  const size_t begin = at_;
  at_ += word.size();
  return tree_.add(node, begin, at_);
}

// ---- strings

bool JsonParser::string(std::string_view& out) {
  const size_t begin = ++at_;
  while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20) ++at_;
  if (peek() != '"' || at_ >= text_.size()) return escaped_string(begin, out);
  out = text_.substr(begin, at_ - begin);
  ++at_;
  return true;
}

bool JsonParser::escaped_string(size_t begin, std::string_view& out) {
  std::string text(text_.substr(begin, at_ - begin));
  while (at_ < text_.size() && text_[at_] != '"') {
    if (static_cast<unsigned char>(text_[at_]) < 0x20) return fail("a control character in a string; write it as an escape", at_);
    if (text_[at_] != '\\') text += text_[at_++];
    else if (!escape(text)) return false;
  }
  if (at_ >= text_.size()) return fail("the string does not end", begin - 1);
  ++at_;
  out = arena_.copy(text);
  return true;
}

bool JsonParser::escape(std::string& out) {
  static constexpr std::string_view kNames = "\"\\/bfnrt", kValues = "\"\\/\b\f\n\r\t";
  const size_t begin = at_++;
  if (peek() == 'u') return unicode_escape(out);
  const size_t name = kNames.find(peek());
  if (at_ >= text_.size() || name == std::string_view::npos) return fail("an unknown escape in a string", begin);
  out += kValues[name];
  ++at_;
  return true;
}

bool JsonParser::hex4(uint32_t& value) {
  if (at_ + 5 > text_.size()) return false;
  const char* const digits = text_.data() + at_ + 1;
  const auto [end, error] = std::from_chars(digits, digits + 4, value, 16);
  if (error != std::errc() || end != digits + 4) return false;
  at_ += 5;
  return true;
}

// Characters above U+FFFF are two escapes; half of such a pair is no character.
bool JsonParser::unicode_escape(std::string& out) {
  const size_t begin = at_ - 1;
  uint32_t c = 0, low = 0;
  if (!hex4(c)) return fail("\\u needs four hexadecimal digits", begin);
  if (c >= 0xDC00 && c <= 0xDFFF) return fail("half of a surrogate pair", begin);
  if (c >= 0xD800 && c <= 0xDBFF) {
    if (peek() != '\\' || text_.substr(at_ + 1, 1) != "u") return fail("half of a surrogate pair", begin);
    ++at_;
    if (!hex4(low) || low < 0xDC00 || low > 0xDFFF) return fail("half of a surrogate pair", begin);
    c = 0x10000 + ((c & 0x3FF) << 10) + (low & 0x3FF);
  }
  append_utf8(out, c);
  return true;
}

// ---- numbers

// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?; the length, 0 when there is none.
static size_t number_length(std::string_view text) {
  size_t i = starts_with(text, "-") ? 1 : 0;
  const auto digits = [&] {
    const size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - begin;
  };
  const bool zero = i < text.size() && text[i] == '0';
  const size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return 0;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) return 0;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (digits() == 0) return 0;
  }
  return i;
}

static bool read_integer(std::string_view text, Node& node) {
  const char* const last = text.data() + text.size();
  if (std::from_chars(text.data(), last, node.i).ec == std::errc()) node.kind = Kind::Int;
  else if (text[0] != '-' && std::from_chars(text.data(), last, node.u).ec == std::errc()) node.kind = Kind::Uint;
  else return false;
  return true;
}

bool JsonParser::number() {
  const std::string_view rest = text_.substr(at_);
  const size_t length = number_length(rest);
  if (length == 0) return unexpected("a value");
  const std::string_view text = rest.substr(0, length);
  Node node;
  if (text.find_first_of(".eE") != std::string_view::npos || !read_integer(text, node)) {
    const std::optional<double> value = parse_go_float(text);
    if (!value) return fail(cat("the number ", quote(text, 40), " is too large"), at_);
    node.kind = Kind::Float;
    node.d = *value;
  }
  const size_t begin = std::exchange(at_, at_ + length);
  return tree_.add(node, begin, at_);
}

}  // namespace isvcc
