#pragma once
// libjsonnet's messages, taken apart: what is wrong, and the places it names.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc::jsonnet {

struct Place {
  std::string file;  // empty: no place
  uint32_t line = 0, column = 0, end_line = 0, end_column = 0;  // from 1; the end is not part of it
};

struct StackFrame {
  Place place;
  std::string words;  // "function <f>", "object <anonymous>", "During manifestation"
};

struct Failure {
  bool is_static = false;  // found before anything was evaluated
  std::string message;
  std::vector<StackFrame> frames;  // innermost first; one frame for a static error
};

Failure parse_failure(std::string_view text);

struct Trace {
  Place place;
  std::string message;
};

// The lines of std.trace.
std::vector<Trace> parse_traces(std::string_view text, size_t limit);

}  // namespace isvcc::jsonnet
