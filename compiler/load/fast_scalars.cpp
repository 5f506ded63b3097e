// Scalars of one line, and lists and maps in brackets and braces.
#include <array>
#include <cmath>

#include "base/text.h"
#include "load/fast_reader.h"
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

}  // namespace

// ---- scalars

bool FastReader::plain(Scalar& out, Where where) {
  const uint8_t stops = where == Where::Flow ? kEndsFlow : kEndsPlain;
  out.begin = at_;
  if (at_ >= end_) return false;
  // `-x` is a scalar, `- x` a list.
  if (!is(data_[at_], kStartsPlain) && !(data_[at_] == '-' && peek(1) != ' ' && peek(1) != '\n' && !is(peek(1), kEndsFlow))) return false;
  for (;; ++at_) {
    size_t at = at_;  // a member would be written with each step
    while (at < end_ && !is(data_[at], stops)) ++at;
    at_ = at;
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
bool FastReader::quoted(Scalar& out) {
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

bool FastReader::add(const Scalar& scalar) {
  Node node;
  if (!scalar.quoted && !is_surely_text(scalar.text)) {
    node = resolve_plain(scalar.text);
    if (is_ambiguous(scalar.text, node)) return false;
    if (node.kind == Kind::Float && !std::isfinite(node.d)) return false;
  } else {
    node.kind = Kind::String;
    node.quoted = scalar.quoted;
    node.text = scalar.text.data();
    node.size = static_cast<uint32_t>(scalar.text.size());
  }
  return tree_.add(node, scalar.begin, scalar.end);
}

bool FastReader::add_null(size_t at) { return tree_.add(Node(), at, at); }

// The cursor stands at the colon. Keys longer than libyaml looks ahead, and those that are no texts, are not ours.
bool FastReader::key(const Scalar& scalar) {
  if (at_ - scalar.begin > 1000) return false;
  if (!scalar.quoted && scalar.text == "<<") return false;
  if (!scalar.quoted && !is_surely_text(scalar.text)) {
    const Node node = resolve_plain(scalar.text);
    if (node.kind != Kind::String || is_ambiguous(scalar.text, node) || starts_with(scalar.text, "...")) return false;
  }
  return tree_.key(scalar.text, scalar.begin);
}

// ---- brackets and braces, on one line

bool FastReader::flow(size_t depth) {
  if (depth > kFastMaxDepth) return false;
  return peek() == '[' ? flow_list(depth) : flow_map(depth);
}

// Behind an element: a comma, or the closing bracket.
bool FastReader::flow_next(char close, bool& more) {
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

bool FastReader::flow_list(size_t depth) {
  if (!tree_.open(Kind::List, at_)) return false;
  ++at_;
  skip_spaces();
  if (peek() == ']') return ++at_, tree_.close(at_);
  for (bool more = true; more;)
    if (!flow_item(depth) || !flow_next(']', more)) return false;
  return true;
}

bool FastReader::flow_item(size_t depth) {
  if (peek() == '[' || peek() == '{') return flow(depth + 1);
  Scalar scalar;
  return flow_scalar(scalar) && add(scalar);
}

// Stops behind blanks, at a comma or closing bracket. `[a: 1]` is not ours.
bool FastReader::flow_scalar(Scalar& out) {
  if (peek() == '"' || peek() == '\'' ? !quoted(out) : !plain(out, Where::Flow)) return false;
  skip_spaces();
  return peek() == ',' || peek() == ']' || peek() == '}';
}

bool FastReader::flow_map(size_t depth) {
  if (!tree_.open(Kind::Map, at_)) return false;
  ++at_;
  skip_spaces();
  if (peek() == '}') return ++at_, tree_.close(at_);
  for (bool more = true; more;) {
    Scalar name;
    const bool quote = peek() == '"' || peek() == '\'';
    if (quote ? !quoted(name) : !plain(name, Where::Flow)) return false;
    skip_spaces();
    if (peek() != ':' || !key(name)) return false;
    ++at_;
    skip_spaces();
    if (!flow_item(depth) || !flow_next('}', more)) return false;
  }
  return true;
}

}  // namespace isvcc
