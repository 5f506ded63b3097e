#include "load/split.h"

#include "base/text.h"

namespace isvcc {

static constexpr std::string_view kBlanks = " \t\r\n\v\f";

// The start of the first line at or after `from`, itself the start of a line, that begins with three dashes.
size_t Splitter::next_separator(size_t from) const {
  if (starts_with(text_.substr(from), "---")) return from;
  const size_t newline = text_.find("\n---", from);
  return newline == std::string_view::npos ? text_.size() : newline + 1;
}

// Just behind the line that holds `from`.
size_t Splitter::line_end(size_t from) const {
  const size_t newline = text_.find('\n', from);
  return newline == std::string_view::npos ? text_.size() : newline + 1;
}

static bool is_clean(std::string_view separator_line) {
  const std::string_view rest = trim(separator_line.substr(3), kBlanks);
  return rest.empty() || rest[0] == '#';
}

// Directives, comments and blank lines, with at least one directive: the separator below them starts their document.
static bool is_prologue(std::string_view text) {
  bool directive = false;
  while (!text.empty()) {
    const size_t newline = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, newline + 1);
    if (line[0] == '%') directive = true;
    else if (const std::string_view words = trim(line, kBlanks); !words.empty() && words[0] != '#') return false;
    text.remove_prefix(line.size());
  }
  return directive;
}

bool Splitter::next(Piece& piece) {
  if (at_ >= text_.size()) return false;
  const size_t begin = at_;
  size_t separator = next_separator(begin);
  if (separator == begin) {
    const size_t end = line_end(begin);
    if (!is_clean(text_.substr(begin, end - begin))) {
      piece = {begin, end, true};
      at_ = next_separator(end);
      return true;
    }
    separator = next_separator(end);
  } else if (separator < text_.size() && is_prologue(text_.substr(begin, separator - begin))) {
    separator = next_separator(line_end(separator));
  }
  piece = {begin, separator, false};
  at_ = separator;
  return true;
}

}  // namespace isvcc
