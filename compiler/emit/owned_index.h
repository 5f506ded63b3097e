#pragma once
// The list of files that isvcc wrote into an output folder, with the hash of what it wrote. It decides what may be
// replaced or removed, and comes from a repository that others can change: a path that leads elsewhere spoils it whole.
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

using OwnedFiles = std::map<std::string, std::string, std::less<>>;  // path → SHA-256

// Each part of the output (emit/shard.h) has a list of its own, so that shares and branches can be put together:
// .isvcc/index.json for what belongs to no part, .isvcc/index/<part>.json for a part.
std::string index_path(std::string_view part);
// The part whose list has this path; nothing for other files.
std::optional<std::string_view> part_of_index(std::string_view path);

std::string print_index(const OwnedFiles& files);

// Nothing when the text is no such list or a path in it is not safe. Accepts any JSON layout of the same members.
std::optional<OwnedFiles> parse_index(std::string_view text);

}  // namespace isvcc
