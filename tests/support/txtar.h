#pragma once
// Go's txtar form: a comment, then files, each after a line `-- NAME --`. Recorded cases are kept in it.
#include <map>
#include <string>
#include <string_view>

namespace isvcc::test {

struct Archive {
  std::string comment;
  std::map<std::string, std::string> files;

  // The text of a file, empty when there is none.
  std::string_view get(const std::string& name) const {
    const auto found = files.find(name);
    return found == files.end() ? std::string_view() : std::string_view(found->second);
  }
  bool has(const std::string& name) const { return files.count(name) > 0; }
};

// The name in a line `-- NAME --`, empty for other lines.
inline std::string_view txtar_name(std::string_view line) {
  if (line.size() < 7 || line.substr(0, 3) != "-- " || line.substr(line.size() - 3) != " --") return {};
  return line.substr(3, line.size() - 6);
}

inline Archive read_txtar(std::string_view text) {
  Archive archive;
  std::string* into = &archive.comment;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end), whole = text.substr(0, end == std::string_view::npos ? end : end + 1);
    if (const std::string_view name = txtar_name(line); !name.empty()) into = &archive.files[std::string(name)];
    else into->append(whole);
    text.remove_prefix(whole.size());
  }
  return archive;
}

}  // namespace isvcc::test
