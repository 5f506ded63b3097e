#pragma once
// explain --field and --line: for rendered values, where they come from and what they were on the way.
#include <string>
#include <vector>

#include "review/provenance.h"
#include "review/value_history.h"

namespace isvcc {

struct ValueQuestion {
  View object;        // rendered
  std::string path;   // in the text form of tree/path.h, list members by index
};

// "[KIND[/NAME]:]PATH": the values at that path in the rendered objects that it names. List members go by index or name, entries of maps
// with dots in their keys stand in brackets.
std::vector<ValueQuestion> find_values(std::string_view field, const std::vector<View>& objects);
// For a path that leads nowhere: the longest part of it that leads somewhere in one of the objects, and what goes on from there.
std::string nearest_path(std::string_view field, const std::vector<View>& objects);

struct ValueAnswer {
  ValueQuestion question;
  std::vector<HistoryEntry> history;  // of a single value
};

// Of a map or list every value below it is told.
std::string values_text(const std::vector<ValueAnswer>& answers, Provenance& provenance);
// Schema isvcc.dev/explain-value/v1 (docs/explain.md).
std::string values_json(const std::vector<ValueAnswer>& answers, Provenance& provenance);

}  // namespace isvcc
