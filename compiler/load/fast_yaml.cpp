#include "load/fast_yaml.h"

#include <array>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "load/source_scalar.h"

namespace isvcc {

namespace {

// What a character means where a scalar or key could go on or start.
enum : uint8_t {
  kEndsPlain = 1,   // has to be looked at inside a plain scalar in block context
  kEndsFlow = 2,    // and in flow context
  kStartsPlain = 4, // may start a plain scalar whatever follows
};

constexpr std::array<uint8_t, 256> make_classes() {
  std::array<uint8_t, 256> classes{};
  for (char c : std::string_view("\n:#")) classes[static_cast<unsigned char>(c)] |= kEndsPlain | kEndsFlow;
  for (char c : std::string_view("?,[]{}")) classes[static_cast<unsigned char>(c)] |= kEndsFlow;
  for (int c = 0x80; c < 0x100; ++c) classes[static_cast<size_t>(c)] |= kStartsPlain;
  for (char c = 'a'; c <= 'z'; ++c) classes[static_cast<unsigned char>(c)] |= kStartsPlain;
  for (char c = 'A'; c <= 'Z'; ++c) classes[static_cast<unsigned char>(c)] |= kStartsPlain;
  for (char c : std::string_view("0123456789_/.$()+;\\^~<=")) classes[static_cast<unsigned char>(c)] |= kStartsPlain;
  return classes;
}
constexpr std::array<uint8_t, 256> kClasses = make_classes();

bool is(char c, uint8_t mask) { return (kClasses[static_cast<unsigned char>(c)] & mask) != 0; }

// A function that returns false has met something that is not ours.
class FastYaml {
 public:
  FastYaml(YamlBuilder& builder, size_t begin, size_t end)
      : tree_(builder.tree()), arena_(builder.arena()), text_(builder.text()), data_(text_.data()), at_(begin), end_(end) {}

  bool document();

 private:
  struct Scalar {
    std::string_view text;
    size_t begin = 0, end = 0;
    bool quoted = false;
  };
  struct Anchor {
    std::string_view name;
    const Node* node = nullptr;
    size_t nodes = 0, height = 0;
  };

  // lines
  bool next_line();
  bool rest_of_line();
  bool at_dash() const { return at_ < end_ && data_[at_] == '-' && (at_ + 1 == end_ || data_[at_ + 1] == ' ' || data_[at_ + 1] == '\n'); }
  bool at_line_end() const { return at_ >= end_ || data_[at_] == '\n'; }
  void skip_spaces() {
    while (at_ < end_ && data_[at_] == ' ') ++at_;
  }
  char peek() const { return at_ < end_ ? data_[at_] : '\n'; }
  char peek(size_t ahead) const { return at_ + ahead < end_ ? data_[at_ + ahead] : '\n'; }

  // block
  bool block(size_t column);
  bool map(size_t column);
  bool entry(size_t column);
  bool list(size_t column);
  bool item(size_t column);
  bool item_content(size_t column, size_t inner);
  bool value(size_t column, bool dash_may_stand_below);
  bool inline_value(size_t column);
  bool value_below(size_t column, bool dash_may_stand_below, size_t null_at);
  bool block_scalar(size_t column);
  bool key(const Scalar& scalar);
  bool scalar_end();

  // scalars
  bool plain(Scalar& out, uint8_t stops);
  bool quoted(Scalar& out);
  bool add(const Scalar& scalar);
  bool add_null(size_t at);

  // anchors
  bool anchored(size_t column, bool dash_may_stand_below);
  bool alias();
  std::string_view anchor_name();

  // flow
  bool flow(size_t depth);
  bool flow_list(size_t depth);
  bool flow_map(size_t depth);
  bool flow_item(size_t depth);
  bool flow_scalar(Scalar& out);
  bool flow_next(char close, bool& more);

  TreeBuilder& tree_;
  Arena& arena_;
  std::string_view text_;
  const char* data_;
  size_t at_, end_;
  size_t column_ = 0;  // of the line that next_line() found
  std::vector<Anchor> anchors_;
  size_t aliased_ = 0;
};

constexpr size_t kMaxDepth = 400;  // what the stack surely bears; the limit itself is the builder's

// ---- lines

// From the start of a line to the first character of the next one that is neither blank nor a comment. False at the end.
bool FastYaml::next_line() {
  while (at_ < end_) {
    const size_t begin = at_;
    skip_spaces();
    column_ = at_ - begin;
    if (at_ >= end_) return false;
    if (data_[at_] != '\n' && data_[at_] != '#') return true;
    const void* newline = std::memchr(data_ + at_, '\n', end_ - at_);
    at_ = newline ? static_cast<size_t>(static_cast<const char*>(newline) - data_) + 1 : end_;
  }
  return false;
}

// Nothing but blanks and a comment; goes to the start of the next line.
bool FastYaml::rest_of_line() {
  const size_t begin = at_;
  skip_spaces();
  if (at_ < end_ && data_[at_] == '#') {
    if (at_ == begin) return false;
    const void* newline = std::memchr(data_ + at_, '\n', end_ - at_);
    at_ = newline ? static_cast<size_t>(static_cast<const char*>(newline) - data_) : end_;
  }
  if (at_ >= end_) return true;
  return data_[at_++] == '\n';
}

// ---- scalars

bool FastYaml::plain(Scalar& out, uint8_t stops) {
  out.begin = at_;
  if (at_ >= end_) return false;
  // `-x` is a scalar, `- x` a list.
  if (!is(data_[at_], kStartsPlain) && !(data_[at_] == '-' && peek(1) != ' ' && peek(1) != '\n' && !is(peek(1), kEndsFlow))) return false;
  for (;; ++at_) {
    while (at_ < end_ && !is(data_[at_], stops)) ++at_;
    if (at_ >= end_) break;
    const char c = data_[at_];
    if (c == ':' && peek(1) != ' ' && peek(1) != '\n') {
      if (stops == kEndsFlow && is(peek(1), kEndsFlow) && peek(1) != ':') return false;
      continue;
    }
    if (c == '#' && data_[at_ - 1] != ' ') continue;
    if (c == '?') return false;
    break;
  }
  out.end = at_;
  while (out.end > out.begin && data_[out.end - 1] == ' ') --out.end;
  out.text = text_.substr(out.begin, out.end - out.begin);
  return true;
}

// On one line. Escapes are rare enough to be left to the general decoder.
bool FastYaml::quoted(Scalar& out) {
  const char quote = data_[at_];
  out.begin = at_++;
  while (at_ < end_ && data_[at_] != quote && data_[at_] != '\n' && data_[at_] != '\\') ++at_;
  out.quoted = true;
  if (quote == '\'')
    while (at_ < end_ && data_[at_] != quote && data_[at_] != '\n') ++at_;
  if (at_ < end_ && data_[at_] == quote && peek(1) != quote) {
    out.end = ++at_;
    out.text = text_.substr(out.begin + 1, out.end - out.begin - 2);
    return true;
  }
  SourceScalar source;
  Problem problem;
  if (!decode_quoted(text_, out.begin, end_, source, problem)) return false;
  const std::string_view token = text_.substr(out.begin, source.end - out.begin);
  if (contains(token, "\n") || contains(token, "\\/")) return false;
  at_ = out.end = source.end;
  out.text = arena_.copy(source.text);
  return true;
}

bool FastYaml::add(const Scalar& scalar) {
  Node node;
  if (!scalar.quoted) {
    node = resolve_plain(scalar.text);
    if (is_ambiguous(scalar.text, node)) return false;
    if (node.kind == Kind::Float && !std::isfinite(node.d)) return false;
  } else {
    node.kind = Kind::String;
    node.quoted = true;
    node.text = scalar.text.data();
    node.size = static_cast<uint32_t>(scalar.text.size());
  }
  return tree_.add(node, scalar.begin, scalar.end);
}

bool FastYaml::add_null(size_t at) { return tree_.add(Node(), at, at); }

// The cursor stands at the colon. Keys longer than libyaml looks ahead, and those that are no texts, are not ours.
bool FastYaml::key(const Scalar& scalar) {
  if (at_ - scalar.begin > 1000) return false;
  if (!scalar.quoted) {
    const Node node = resolve_plain(scalar.text);
    if (node.kind != Kind::String || is_ambiguous(scalar.text, node)) return false;
    if (scalar.text == "<<" || starts_with(scalar.text, "...")) return false;
  }
  return tree_.key(scalar.text, scalar.begin);
}

// ---- block maps and lists

// A collection whose first line starts at `column`; the cursor stands there.
bool FastYaml::block(size_t column) {
  if (tree_.depth() > kMaxDepth) return false;
  return at_dash() ? list(column) : map(column);
}

bool FastYaml::map(size_t column) {
  if (!tree_.open(Kind::Map, at_)) return false;
  do {
    if (!entry(column)) return false;
  } while (at_ < end_ && column_ == column && !at_dash());
  if (at_ < end_ && column_ > column) return false;
  return tree_.close(0);
}

// One key and its value. Afterwards the cursor stands on the next line with something in it, at column_.
bool FastYaml::entry(size_t column) {
  Scalar name;
  const char c = peek();
  if (c == '"' || c == '\'' ? !quoted(name) : !plain(name, kEndsPlain)) return false;
  skip_spaces();
  if (peek() != ':' || (peek(1) != ' ' && peek(1) != '\n')) return false;
  if (!key(name)) return false;
  ++at_;
  return value(column, true);
}

bool FastYaml::list(size_t column) {
  if (!tree_.open(Kind::List, at_)) return false;
  do {
    if (!item(column)) return false;
  } while (at_ < end_ && column_ == column && at_dash());
  if (at_ < end_ && column_ > column) return false;
  return tree_.close(0);
}

bool FastYaml::item(size_t column) {
  const size_t line = at_ - column;
  ++at_;
  const size_t behind = at_;
  skip_spaces();
  if (!at_line_end() && peek() != '#' && peek() != '&') return item_content(column, at_ - line);
  at_ = behind;
  return value(column, false);
}

// What follows the dash at `column` on its line, at column `inner`: a list, a map or a single value.
bool FastYaml::item_content(size_t column, size_t inner) {
  const size_t begin = at_;
  if (at_dash()) return block(inner);
  const char c = peek();
  if (c == '*' || c == '[' || c == '{' || c == '|' || c == '>') return inline_value(column);
  Scalar scalar;
  if (c == '"' || c == '\'' ? !quoted(scalar) : !plain(scalar, kEndsPlain)) return false;
  skip_spaces();
  if (peek() == ':') {
    at_ = begin;
    return block(inner);
  }
  if (!add(scalar)) return false;
  at_ = scalar.end;
  return scalar_end();
}

// Behind a scalar on its line. A deeper line would continue it; the map or list that owns it refuses those by their column.
bool FastYaml::scalar_end() {
  if (!rest_of_line()) return false;
  next_line();
  return true;
}

// ---- values

// What follows a colon or a dash. `column` is that of the owner; below a key a list may stand at the owner's own column.
bool FastYaml::value(size_t column, bool dash_may_stand_below) {
  const size_t null_at = at_;
  skip_spaces();
  if (at_line_end() || peek() == '#') {
    at_ = null_at;
    if (!rest_of_line()) return false;
    return value_below(column, dash_may_stand_below, null_at);
  }
  if (peek() == '&') return anchored(column, dash_may_stand_below);
  return inline_value(column);
}

bool FastYaml::value_below(size_t column, bool dash_may_stand_below, size_t null_at) {
  const bool any = next_line();
  if (any && column_ > column) return block(column_);
  if (any && dash_may_stand_below && column_ == column && at_dash()) return list(column);
  return add_null(null_at);
}

bool FastYaml::inline_value(size_t column) {
  Scalar scalar;
  switch (peek()) {
    case '|':
    case '>': return block_scalar(column);
    case '[':
    case '{': return flow(0) && rest_of_line() && (next_line(), true);
    case '*': return alias();
    case '"':
    case '\'':
      if (!quoted(scalar)) return false;
      break;
    default:
      if (!plain(scalar, kEndsPlain)) return false;
      if (peek() == ':') return false;
  }
  if (!add(scalar)) return false;
  at_ = scalar.end;
  return scalar_end();
}

bool FastYaml::block_scalar(size_t column) {
  SourceScalar source;
  Problem problem;
  const size_t begin = at_;
  if (!decode_block(text_, begin, end_, static_cast<int>(column), source, at_, problem)) return false;
  Node node;
  node.kind = Kind::String;
  node.quoted = true;
  const std::string_view text = arena_.copy(source.text);
  node.text = text.data();
  node.size = static_cast<uint32_t>(text.size());
  if (!tree_.add(node, begin, source.end)) return false;
  next_line();
  return true;
}

// ---- anchors

std::string_view FastYaml::anchor_name() {
  const size_t begin = ++at_;
  while (at_ < end_ && data_[at_] != ' ' && data_[at_] != '\n') {
    const char c = data_[at_];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return {};
    ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

// An anchor on a value. On a key, or on nothing, it is not ours.
bool FastYaml::anchored(size_t column, bool dash_may_stand_below) {
  const std::string_view name = anchor_name();
  if (name.empty() || anchors_.size() >= 16) return false;
  const size_t index = anchors_.size(), before = tree_.nodes();
  anchors_.push_back({name, nullptr, 0, 0});
  const size_t behind = at_;
  skip_spaces();
  if (at_line_end() || peek() == '#') {
    at_ = behind;
    if (!rest_of_line() || !next_line()) return false;
    if (column_ > column ? !block(column_) : !(dash_may_stand_below && column_ == column && at_dash() && list(column))) return false;
  } else {
    if (peek() == '&' || peek() == '*' || at_dash() || !inline_value(column)) return false;
  }
  anchors_[index] = {name, tree_.last(), tree_.nodes() - before, tree_.last_height()};
  return true;
}

// Few enough aliases that no rule about their share can be broken.
bool FastYaml::alias() {
  const size_t begin = at_;
  const std::string_view name = anchor_name();
  if (name.empty()) return false;
  for (size_t i = anchors_.size(); i-- > 0;) {
    const Anchor& anchor = anchors_[i];
    if (anchor.name != name) continue;
    aliased_ += 2 * anchor.nodes + 1;
    if (!anchor.node || aliased_ > 100 || !tree_.share(anchor.node, anchor.nodes, anchor.height, begin)) return false;
    return rest_of_line() && (next_line(), true);
  }
  return false;
}

// ---- brackets and braces, on one line

bool FastYaml::flow(size_t depth) {
  if (depth > kMaxDepth) return false;
  return peek() == '[' ? flow_list(depth) : flow_map(depth);
}

// Behind an element: a comma, or the closing bracket.
bool FastYaml::flow_next(char close, bool& more) {
  skip_spaces();
  if (peek() == ',') {
    ++at_;
    skip_spaces();
    more = peek() != close;
  } else {
    more = false;
  }
  if (more) return true;
  if (peek() != close) return false;
  ++at_;
  return tree_.close(at_);
}

bool FastYaml::flow_list(size_t depth) {
  if (!tree_.open(Kind::List, at_)) return false;
  ++at_;
  skip_spaces();
  if (peek() == ']') return ++at_, tree_.close(at_);
  for (bool more = true; more;)
    if (!flow_item(depth) || !flow_next(']', more)) return false;
  return true;
}

bool FastYaml::flow_item(size_t depth) {
  if (peek() == '[' || peek() == '{') return flow(depth + 1);
  Scalar scalar;
  return flow_scalar(scalar) && add(scalar);
}

// Stops behind blanks, at a comma or closing bracket. `[a: 1]` is not ours.
bool FastYaml::flow_scalar(Scalar& out) {
  if (peek() == '"' || peek() == '\'' ? !quoted(out) : !plain(out, kEndsFlow)) return false;
  skip_spaces();
  return peek() == ',' || peek() == ']' || peek() == '}';
}

bool FastYaml::flow_map(size_t depth) {
  if (!tree_.open(Kind::Map, at_)) return false;
  ++at_;
  skip_spaces();
  if (peek() == '}') return ++at_, tree_.close(at_);
  for (bool more = true; more;) {
    Scalar name;
    const bool quote = peek() == '"' || peek() == '\'';
    if (quote ? !quoted(name) : !plain(name, kEndsFlow)) return false;
    skip_spaces();
    if (peek() != ':' || !key(name)) return false;
    ++at_;
    skip_spaces();
    if (!flow_item(depth) || !flow_next('}', more)) return false;
  }
  return true;
}

// ---- the document

bool FastYaml::document() {
  if (starts_with(text_.substr(at_, end_ - at_), "---")) {
    at_ += 3;
    if (!rest_of_line()) return false;
  }
  if (!next_line()) return true;
  if (!at_dash() && (peek() == '%' || peek() == '[' || peek() == '{')) return false;
  return block(column_) && at_ >= end_ && tree_.duplicates().empty();
}

// Line ends and marks beyond ASCII, and the blanks that YAML treats unlike a space.
bool has_odd_characters(std::string_view text, bool ascii) {
  if (std::memchr(text.data(), '\t', text.size()) || std::memchr(text.data(), '\r', text.size())) return true;
  if (ascii) return false;
  return contains(text, "\xC2\x85") || contains(text, "\xE2\x80\xA8") || contains(text, "\xE2\x80\xA9") || contains(text, "\xEF\xBB\xBF");
}

}  // namespace

bool read_fast(YamlBuilder& builder, size_t begin, size_t end, bool ascii) {
  if (begin >= end || has_odd_characters(builder.text().substr(begin, end - begin), ascii)) return begin >= end;
  return FastYaml(builder, begin, end).document();
}

}  // namespace isvcc
