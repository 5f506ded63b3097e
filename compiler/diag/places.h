#pragma once
// Spans as lines and columns, for renderers: each file's lines are found once, so a hundred thousand findings cost no more than one.
#include <map>
#include <vector>

#include "diag/diagnostic.h"

namespace isvcc {

struct Place {
  std::string_view file;         // empty: no file
  LineColumn begin, end;         // line 0: the file is generated (Jsonnet) and its lines mean nothing
  bool has_lines() const { return begin.line != 0; }
};

class Places {
 public:
  explicit Places(const Sources& sources) : sources_(sources) {}

  Place of(Span span);
  // A line without its end, from 1.
  std::string_view line(FileId file, uint32_t line);
  // Whether the file has a Secret in it: then none of its text is shown.
  bool secret(FileId file) const;
  // The column counted in code points instead of bytes.
  uint32_t character_column(FileId file, LineColumn at);

 private:
  const std::vector<uint32_t>& starts(FileId file);
  LineColumn position(FileId file, uint32_t offset);

  const Sources& sources_;
  std::map<FileId, std::vector<uint32_t>> starts_;  // byte where each line begins
};

// Whether a text seems to have an object of kind Secret in it, in YAML or JSON; rather once too often.
bool holds_secret(std::string_view text);

}  // namespace isvcc
