#include "load/fast_yaml.h"

#include <cstring>

#include "base/text.h"
#include "load/fast_reader.h"
#include "load/source_scalar.h"

namespace isvcc {

// ---- lines

// From the start of a line to the first character of the next one that is neither blank nor a comment. False at the end.
bool FastReader::next_line() {
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
bool FastReader::rest_of_line() {
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

// ---- block maps and lists

// A collection whose first line starts at `column`; the cursor stands there.
bool FastReader::block(size_t column) {
  if (tree_.depth() > kFastMaxDepth) return false;
  return at_dash() ? list(column) : map(column);
}

bool FastReader::map(size_t column) {
  if (!tree_.open(Kind::Map, at_)) return false;
  do {
    if (!entry(column)) return false;
  } while (at_ < end_ && column_ == column && !at_dash());
  if (at_ < end_ && column_ > column) return false;
  return tree_.close(0);
}

// One key and its value. Afterwards the cursor stands on the next line with something in it, at column_.
bool FastReader::entry(size_t column) {
  Scalar name;
  const char c = peek();
  if (c == '"' || c == '\'' ? !quoted(name) : !plain(name, Where::Block)) return false;
  skip_spaces();
  if (peek() != ':' || (peek(1) != ' ' && peek(1) != '\n')) return false;
  if (!key(name)) return false;
  ++at_;
  return value(column, Owner::Key);
}

bool FastReader::list(size_t column) {
  if (!tree_.open(Kind::List, at_)) return false;
  do {
    if (!item(column)) return false;
  } while (at_ < end_ && column_ == column && at_dash());
  if (at_ < end_ && column_ > column) return false;
  return tree_.close(0);
}

bool FastReader::item(size_t column) {
  const size_t line = at_ - column;
  ++at_;
  const size_t behind = at_;
  skip_spaces();
  if (!at_line_end() && peek() != '#' && peek() != '&') return item_content(column, at_ - line);
  at_ = behind;
  return value(column, Owner::Dash);
}

// What follows the dash at `column` on its line, at column `inner`: a list, a map or a single value.
bool FastReader::item_content(size_t column, size_t inner) {
  const size_t begin = at_;
  if (at_dash()) return block(inner);
  const char c = peek();
  if (c == '*' || c == '[' || c == '{' || c == '|' || c == '>') return inline_value(column);
  Scalar scalar;
  if (c == '"' || c == '\'' ? !quoted(scalar) : !plain(scalar, Where::Block)) return false;
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
bool FastReader::scalar_end() {
  if (!rest_of_line()) return false;
  next_line();
  return true;
}

// ---- values

// What follows a colon or a dash at `column`.
bool FastReader::value(size_t column, Owner owner) {
  const size_t null_at = at_;
  skip_spaces();
  if (at_line_end() || peek() == '#') {
    at_ = null_at;
    if (!rest_of_line()) return false;
    return value_below(column, owner, null_at);
  }
  if (peek() == '&') return anchored(column, owner);
  return inline_value(column);
}

bool FastReader::value_below(size_t column, Owner owner, size_t null_at) {
  const bool any = next_line();
  if (any && column_ > column) return block(column_);
  if (any && owner == Owner::Key && column_ == column && at_dash()) return list(column);
  return add_null(null_at);
}

bool FastReader::inline_value(size_t column) {
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
      if (!plain(scalar, Where::Block)) return false;
      if (peek() == ':') return false;
  }
  if (!add(scalar)) return false;
  at_ = scalar.end;
  return scalar_end();
}

bool FastReader::block_scalar(size_t column) {
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

std::string_view FastReader::anchor_name() {
  const size_t begin = ++at_;
  while (at_ < end_ && data_[at_] != ' ' && data_[at_] != '\n') {
    const char c = data_[at_];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return {};
    ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

// An anchor on a value. On a key, or on nothing, it is not ours.
bool FastReader::anchored(size_t column, Owner owner) {
  const std::string_view name = anchor_name();
  if (name.empty() || anchors_.size() >= 16) return false;
  const size_t index = anchors_.size(), before = tree_.nodes();
  anchors_.push_back({name, nullptr, 0, 0});
  const size_t behind = at_;
  skip_spaces();
  if (at_line_end() || peek() == '#') {
    at_ = behind;
    if (!rest_of_line() || !next_line()) return false;
    if (column_ > column ? !block(column_) : !(owner == Owner::Key && column_ == column && at_dash() && list(column))) return false;
  } else {
    if (peek() == '&' || peek() == '*' || at_dash() || !inline_value(column)) return false;
  }
  anchors_[index] = {name, tree_.last(), tree_.nodes() - before, tree_.last_height()};
  return true;
}

// Few enough aliases that no rule about their share can be broken.
bool FastReader::alias() {
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

// ---- the document

bool FastReader::document() {
  if (starts_with(text_.substr(at_, end_ - at_), "---")) {
    at_ += 3;
    if (!rest_of_line()) return false;
  }
  if (!next_line()) return true;
  if (!at_dash() && (peek() == '%' || peek() == '[' || peek() == '{')) return false;
  return block(column_) && at_ >= end_ && tree_.duplicates().empty();
}

// Line ends and marks beyond ASCII, and the blanks that YAML treats unlike a space.
static bool has_odd_characters(std::string_view text, bool ascii) {
  if (std::memchr(text.data(), '\t', text.size()) || std::memchr(text.data(), '\r', text.size())) return true;
  if (ascii) return false;
  return contains(text, "\xC2\x85") || contains(text, "\xE2\x80\xA8") || contains(text, "\xE2\x80\xA9") || contains(text, "\xEF\xBB\xBF");
}

bool read_fast(YamlBuilder& builder, size_t begin, size_t end, bool ascii) {
  if (begin >= end || has_odd_characters(builder.text().substr(begin, end - begin), ascii)) return begin >= end;
  return FastReader(builder, begin, end).document();
}

}  // namespace isvcc
