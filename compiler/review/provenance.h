#pragma once
// Where a rendered value comes from: the place that it was written at, or the pass that made it.
#include <map>
#include <string>

#include "diag/places.h"
#include "diag/scratch.h"

namespace isvcc {

struct ValueOrigin {
  std::string_view file;     // empty: no author wrote it
  LineColumn at;             // line 0 inside what a Jsonnet file evaluated to
  std::string json_path;     // there: "$.services[2].spec"
  std::string_view pass;     // who made a value that nobody wrote
};

class Provenance {
 public:
  Provenance(const Sources& sources, Arena& arena) : sources_(sources), places_(sources), arena_(arena) {}

  // An absent value was made by isvcc.
  ValueOrigin of(View value);
  // On one line, safe to print: "teams/a.yaml:12:7", "lib/main.jsonnet at $.a.spec", "storage credentials".
  std::string words(View value);
  // The line of the source, without blanks around it; empty when there is none to show.
  std::string source_line(View value);

 private:
  using PathsByOffset = std::vector<std::pair<uint32_t, std::string>>;
  const PathsByOffset& evaluated(FileId file);

  const Sources& sources_;
  Places places_;
  Arena& arena_;
  std::map<FileId, PathsByOffset> evaluated_;  // of Jsonnet files, each read once
};

std::string origin_words(const ValueOrigin& origin);

}  // namespace isvcc
