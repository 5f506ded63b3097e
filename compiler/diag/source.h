#pragma once
// The files of a run, by number. Node origins and diagnostic spans refer to them.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace isvcc {

using FileId = uint32_t;  // 0: no file

struct Source {
  std::string name;       // as shown to people: relative to the project, '/' separated
  std::string_view text;  // kept alive by the owner for the whole run
  bool generated = false; // text is what a Jsonnet file evaluated to: lines mean nothing, show the JSON path instead
};

struct LineColumn {
  uint32_t line = 0, column = 0;  // from 1; columns count bytes
};

class Sources {
 public:
  // Not thread-safe: called while loading, from one thread.
  FileId add(Source source);
  const Source& get(FileId file) const;
  size_t count() const { return sources_.size(); }
  LineColumn position(FileId file, uint32_t offset) const;
  // The text of the line that holds `offset`, without its end of line.
  std::string_view line_at(FileId file, uint32_t offset) const;

 private:
  std::deque<Source> sources_;
};

}  // namespace isvcc
