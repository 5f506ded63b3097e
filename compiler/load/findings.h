#pragma once
// What the readers found → diagnostics, in words of the person who wrote the file.
#include "diag/scratch.h"
#include "load/yaml_builder.h"

namespace isvcc {

// Why a document was given up.
void report(const Problem& problem, FileId file, Diagnostics& diags);
// Keys given twice or replaced, with both places; stage strict.
void report(const std::vector<Duplicate>& duplicates, FileId file, Diagnostics& diags);
void report(const std::vector<Remark>& remarks, FileId file, Diagnostics& diags);

// Puts a parser's words into ours, and tells template text and merge conflicts from plain mistakes. The document is bytes
// [begin, end) of `text`.
void explain(Problem& problem, std::string_view text, size_t begin, size_t end);

}  // namespace isvcc
