#pragma once
// Go's regexp functions as Tanka's native functions offer them, on RE2: linear time, bounded memory.
#include <string>

namespace isvcc::jsonnet {

// `error` is set for a pattern that is not one, or is too large.
bool regex_matches(const std::string& pattern, const std::string& text, std::string& error);

// Every match replaced by `replacement`, in which $1, ${1}, $name and ${name} stand for groups and $$ for a dollar sign.
std::string regex_replaced(const std::string& pattern, const std::string& text, const std::string& replacement, std::string& error);

// The pattern that matches just this text.
std::string regex_quoted(const std::string& text);

}  // namespace isvcc::jsonnet
