#pragma once
// The value that an entry evaluates to → its objects. Jsonnet users write one object, lists of them, trees of named ones, or a List.
#include <set>
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "load/load.h"

namespace isvcc::jsonnet {

struct EvaluatedEntry {
  FileId file = 0;         // of its value
  std::string name;        // in messages
  std::string tanka_file;  // within its project of Tanka
};

// Appends one document for each object with a kind; nulls are left out. Anything else where an object should be is reported, with the
// path of its place, and the rest goes on. Of Tanka's environments the data are taken, if their name is
// among `environments` or that is empty.
void take_apart(View result, const EvaluatedEntry& entry, const std::set<std::string, std::less<>>& environments, std::vector<Document>& documents, Scratch& scratch);

// Warns about whole numbers that a double cannot tell apart from their neighbours.
void check_numbers(View result, const std::string& entry, Diagnostics& diags);

}  // namespace isvcc::jsonnet
