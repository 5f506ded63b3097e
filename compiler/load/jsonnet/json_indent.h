#pragma once
// JSON laid out anew and not otherwise changed: keys keep their order, texts their escapes, numbers their digits. As Go's json.Indent.
#include <string>
#include <string_view>

namespace isvcc::jsonnet {

// `json` is one value that was parsed before. Each level is `blanks` further in.
std::string indent_json(std::string_view json, size_t blanks);

}  // namespace isvcc::jsonnet
