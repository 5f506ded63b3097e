#pragma once
// How the runtimes report says things: shared by its text, JSON and HTML forms.
#include <string>
#include <string_view>
#include <vector>

#include "review/runtime_matrix.h"

namespace isvcc {

// "any" for a question without a version.
std::string versions_words(const MatrixRow& row);
// "all" when only runtimes without a list of protocols answer.
std::string protocols_words(const MatrixRow& row);
std::string protocols_words(View protocol_versions);

// One format entry of a runtime: "sklearn 1 (priority 10)", "pmml (by name only)".
std::string format_words(View format);

// What a reader should know about a runtime: "disabled", "never wins: …".
std::vector<std::string> remarks_of(const RuntimeUse& use);

// A namespaced runtime without its namespace, for rows that already name it; priority in parentheses.
std::string ranked_words(const Runtime& runtime, std::string_view format);

std::string clash_words(const RuntimeClash& clash);

std::string count_words(size_t count, std::string_view one, std::string_view many);

}  // namespace isvcc
