#include "load/jsonnet/string_value.h"

#include "base/text.h"
#include "load/jsonnet/token.h"

namespace isvcc::jsonnet {

namespace {

// The lines of a text block: |||, perhaps -, the end of the line; then lines that begin like the first one, or are empty; then |||.
class TextBlock {
 public:
  TextBlock(std::string_view text, size_t begin) : text_(text), at_(begin + 3) {}

  // False when the block is not complete.
  bool read() {
    chomp_ = skip("-");
    while (skip(" ") || skip("\t") || skip("\r")) {
    }
    if (!skip("\n")) return false;
    empty_lines();
    indent_ = indentation();
    if (indent_.empty()) return false;
    while (skip(indent_)) {
      if (!line()) return false;
      empty_lines();
    }
    while (skip(" ") || skip("\t")) {
    }
    return skip("|||");
  }

  size_t end() const { return at_; }
  std::string value() const { return chomp_ && !value_.empty() ? value_.substr(0, value_.size() - 1) : value_; }

 private:
  bool skip(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void empty_lines() {
    while (skip("\n")) value_ += '\n';
  }
  std::string_view indentation() const {
    size_t end = at_;
    while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
    return text_.substr(at_, end - at_);
  }
  bool line() {
    const size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) return false;
    value_.append(text_.substr(at_, end + 1 - at_));
    at_ = end + 1;
    return true;
  }

  std::string_view text_, indent_;
  size_t at_;
  bool chomp_ = false;
  std::string value_;
};

}  // namespace

size_t end_of_text_block(std::string_view text, size_t begin) {
  TextBlock block(text, begin);
  return block.read() ? block.end() : 0;
}

static std::string verbatim_value(std::string_view inside, char quote) {
  return replace_all(std::string(inside), std::string(2, quote), std::string(1, quote));
}

// Escapes of characters beyond ASCII are left to libjsonnet: paths have none.
static std::optional<char> escaped(char c) {
  switch (c) {
    case '"': case '\'': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return std::nullopt;
  }
}

static std::optional<std::string> quoted_value(std::string_view inside) {
  std::string value;
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\') {
      value += inside[i];
      continue;
    }
    const auto c = ++i < inside.size() ? escaped(inside[i]) : std::nullopt;
    if (!c) return std::nullopt;
    value += *c;
  }
  return value;
}

std::optional<std::string> string_value(const Token& token) {
  const std::string_view text = token.text;
  if (starts_with(text, "|||")) {
    TextBlock block(text, 0);
    return block.read() ? std::optional(block.value()) : std::nullopt;
  }
  if (text[0] == '@') return verbatim_value(text.substr(2, text.size() - 3), text[1]);
  return quoted_value(text.substr(1, text.size() - 2));
}

std::string quoted_string(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += cat("\\u00", kHex[byte >> 4], kHex[byte & 15]);
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace isvcc::jsonnet
