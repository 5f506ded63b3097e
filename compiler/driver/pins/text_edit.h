#pragma once
// Small changes of a text that leave every other byte as it is, and how a reviewer reads them.
#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

// Bytes [begin, end) become `text`; begin == end inserts.
struct TextEdit {
  size_t begin = 0, end = 0;
  std::string text;
  auto operator<=>(const TextEdit&) const = default;
};

// `edits` are sorted and do not overlap.
std::string edited(std::string_view text, const std::vector<TextEdit>& edits);

// The same as a unified diff of a file, for people, `git apply` and `patch -p1`; line ends stay as they are.
std::string patch_of(std::string_view path, std::string_view text, const std::vector<TextEdit>& edits);

}  // namespace isvcc
