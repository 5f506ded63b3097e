#include "review/printed_lines.h"

#include <algorithm>

#include "load/reader.h"
#include "review/value_path.h"

namespace isvcc {
namespace {

constexpr uint16_t kLongestToken = UINT16_MAX;  // Node.length stops there

std::vector<size_t> line_ends(std::string_view text) {
  std::vector<size_t> ends;
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') ends.push_back(i);
  return ends;
}

class Walk {
 public:
  Walk(std::string_view text, View object, const std::vector<size_t>& ends, std::vector<PrintedLine>& out)
      : text_(text), object_(object), ends_(ends), out_(out) {}

  void children(View copy, View original, const Path& path) {
    for (const Field& f : copy.fields()) child(f.value, original[f.key()], path_of(path, f), f.key_offset);
    for (size_t i = 0; i < copy.items().size(); ++i) child(copy.item(i), original.item(i), path.index(i), {});
  }

 private:
  void child(View copy, View original, const Path& path, std::optional<uint32_t> key) {
    if (!copy.has_children()) leaf(copy, original, path);
    else if (key) out_.push_back({line_of(*key), line_of(*key), false, object_, path.text(), original});
    children(copy, original, path);
  }

  void leaf(View copy, View original, const Path& path) {
    const Node& node = *copy.node();
    const size_t begin = node.origin.offset;
    const bool block = copy.is_text() && begin < text_.size() && (text_[begin] == '|' || text_[begin] == '>');
    const bool known = node.length > 0 && node.length < kLongestToken;
    out_.push_back({line_of(begin), known ? line_of(begin + node.length - 1) : 0, block, object_, path.text(), original});
  }

  size_t line_of(size_t offset) const { return static_cast<size_t>(std::lower_bound(ends_.begin(), ends_.end(), offset) - ends_.begin()) + 1; }

  std::string_view text_;
  View object_;
  const std::vector<size_t>& ends_;
  std::vector<PrintedLine>& out_;
};

}  // namespace

std::vector<PrintedLine> printed_lines(std::string_view text, const FindPrinted& printed, Arena& arena) {
  std::vector<PrintedLine> lines;
  const std::vector<size_t> ends = line_ends(text);
  Diagnostics unread;
  Scratch scratch{arena, unread};
  for (const Node* document : read_yaml(text, 1, YamlEngine::LibYaml, Limits(), scratch))
    if (const View object = printed(document)) Walk(text, object, ends, lines).children(document, object, Path());
  std::stable_sort(lines.begin(), lines.end(), [](const PrintedLine& a, const PrintedLine& b) { return a.line < b.line; });
  return lines;
}

}  // namespace isvcc
