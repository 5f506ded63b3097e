#pragma once
// The value that an entry evaluates to → its objects. Jsonnet users write one object, lists of them, trees of named ones, or a List.
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "load/load.h"

namespace isvcc::jsonnet {

// Appends one document for each object with a kind; nulls are left out. Anything else where an object should be is reported, with the
// path of its place, and the rest goes on. `entry` is named in messages.
void take_apart(View result, FileId file, const std::string& entry, std::vector<Document>& documents, Diagnostics& diags);

// Warns about whole numbers that a double cannot tell apart from their neighbours.
void check_numbers(View result, const std::string& entry, Diagnostics& diags);

}  // namespace isvcc::jsonnet
