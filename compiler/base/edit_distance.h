#pragma once
// "Did you mean": the nearest of a set of names.
#include <string_view>
#include <vector>

namespace isvcc {

// Levenshtein distance, or limit + 1 when it is larger than `limit`.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit);

// The candidate nearest to `word`, empty when none is close enough to be a likely misspelling.
// Ties go to the smaller candidate, so the order of `candidates` does not show.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace isvcc
