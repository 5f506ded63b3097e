#pragma once
// Names of output files: from any object name to one path component, and what paths the writer accepts at all.
#include <string>
#include <string_view>

namespace isvcc {

// Any object name as one path component: injective, at most 200 bytes, distinct when case is ignored, no reserved names.
// Lower-case letters, digits, '-', '_' and '.' stay; other bytes become %xx; what is too long ends in its SHA-256.
// Never begins with '_': the layouts' own folders do.
std::string file_name_for(std::string_view name);

// Relative, '/' separated, no component that is empty, '.', '..' or '.git', nothing that needs escapes in the index.
bool is_safe_path(std::string_view path);

}  // namespace isvcc
