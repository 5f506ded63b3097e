#include "load/jsonnet/error.h"

#include <charconv>
#include <optional>

#include "base/text.h"

namespace isvcc::jsonnet {

namespace {

// Reads "12", ":", "(1:2)-(3:4)" off the front of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool skip(std::string_view word) {
    if (!starts_with(text_, word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  bool number(uint32_t& value) {
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc()) return false;
    text_.remove_prefix(static_cast<size_t>(end - text_.data()));
    return true;
  }
  std::string_view rest() const { return text_; }

 private:
  std::string_view text_;
};

}  // namespace

// "1:2", "1:2-3" or "(1:2)-(3:4)". Returns what follows it.
static std::optional<std::string_view> parse_range(std::string_view text, Place& place) {
  Cursor in(text);
  if (in.skip("(")) {
    const bool good = in.number(place.line) && in.skip(":") && in.number(place.column) && in.skip(")-(") && in.number(place.end_line) && in.skip(":") &&
                      in.number(place.end_column) && in.skip(")");
    return good ? std::optional(in.rest()) : std::nullopt;
  }
  if (!in.number(place.line) || !in.skip(":") || !in.number(place.column)) return std::nullopt;
  place.end_line = place.line;
  place.end_column = place.column;
  if (in.skip("-")) in.number(place.end_column);
  return in.rest();
}

// The place at the front of a text and what follows it. File names may hold colons: the first one that begins a range counts.
static std::optional<std::string_view> parse_place(std::string_view text, Place& place) {
  for (size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    if (const auto rest = parse_range(text.substr(colon + 1), place)) {
      place.file = std::string(text.substr(0, colon));
      return rest;
    }
  }
  place = Place();
  return std::nullopt;
}

static StackFrame parse_frame(std::string_view line) {
  const auto columns = split(line, '\t');
  StackFrame frame;
  const auto rest = parse_place(columns[0], frame.place);
  frame.words = rest ? std::string(columns.size() > 1 ? trim(columns[1]) : std::string_view()) : std::string(trim(columns[0]));
  return frame;
}

static Failure parse_static(std::string_view text) {
  Failure failure{true, {}, {}};
  StackFrame frame;
  if (const auto rest = parse_place(text, frame.place)) {
    failure.message = std::string(trim(starts_with(*rest, ":") ? rest->substr(1) : *rest));
    failure.frames.push_back(std::move(frame));
  } else {
    failure.message = std::string(trim(text));
  }
  return failure;
}

// The stack is the last lines, each behind a tab; the message before it may have several lines of its own.
static Failure parse_dynamic(std::string_view text) {
  Failure failure;
  auto lines = split(text, '\n');
  while (!lines.empty() && trim(lines.back()).empty()) lines.pop_back();
  size_t first = lines.size();
  while (first > 0 && starts_with(lines[first - 1], "\t")) --first;
  if (first == 0) first = std::min<size_t>(1, lines.size());
  failure.message = join(std::vector(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first)), "\n");
  for (size_t i = first; i < lines.size(); ++i) failure.frames.push_back(parse_frame(lines[i].substr(1)));
  return failure;
}

Failure parse_failure(std::string_view text) {
  if (starts_with(text, "STATIC ERROR: ")) return parse_static(text.substr(14));
  if (starts_with(text, "RUNTIME ERROR: ")) text.remove_prefix(15);
  return parse_dynamic(text);
}

std::vector<Trace> parse_traces(std::string_view text, size_t limit) {
  std::vector<Trace> traces;
  for (const std::string_view line : split(text, '\n')) {
    if (traces.size() == limit) break;
    if (!starts_with(line, "TRACE: ")) continue;
    const std::string_view words = line.substr(7);
    Trace trace;
    // "file:12 message"
    const size_t blank = words.find(' ');
    const size_t colon = words.substr(0, blank).rfind(':');
    if (blank != std::string_view::npos && colon != std::string_view::npos)
      if (const auto number = parse_int(words.substr(colon + 1, blank - colon - 1)))
        trace.place = {std::string(words.substr(0, colon)), static_cast<uint32_t>(*number), 1, static_cast<uint32_t>(*number), 1};
    trace.message = std::string(trace.place.file.empty() ? words : words.substr(blank + 1));
    traces.push_back(std::move(trace));
  }
  return traces;
}

}  // namespace isvcc::jsonnet
