#pragma once
// A file → documents, by text alone and before any YAML is parsed: lines that start with `---` separate, wherever they are.
// Mirrors NewYAMLReader of k8s.io/apimachinery, except that `%` directives stay with the document they introduce.
#include <cstddef>
#include <string_view>

namespace isvcc {

struct Piece {
  size_t begin = 0, end = 0;  // bytes of the file; ends before the separator line
  bool bad_separator = false; // begin…end is a separator line with text behind it; what follows up to the next one is skipped
};

class Splitter {
 public:
  explicit Splitter(std::string_view text, size_t from = 0) : text_(text), at_(from) {}
  // False at the end of the file. Pieces may be empty or hold nothing but comments.
  bool next(Piece& piece);

 private:
  size_t next_separator(size_t from) const;
  size_t line_end(size_t from) const;

  std::string_view text_;
  size_t at_;
};

}  // namespace isvcc
