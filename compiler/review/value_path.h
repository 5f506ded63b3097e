#pragma once
// The place of a value, to be found again in other trees: members of lists of named objects go by their names, texts in lists by themselves.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tree/path.h"

namespace isvcc {

// The path of an entry below that of its map: find() needs brackets around a key with dots or brackets.
inline Path path_of(const Path& map, const Field& entry) {
  return entry.key().find_first_of(".[]") == std::string_view::npos ? map.key(entry.key()) : map.entry(entry.key());
}

class ValuePath {
 public:
  // The steps of a path in the text form of tree/path.h, with the names that members of lists have in `root`.
  ValuePath(View root, std::string_view path);

  // The value there, absent when there is none.
  View in(View root) const;
  bool begins_with(std::string_view first) const { return !steps_.empty() && steps_[0].key == first; }
  bool begins_with(std::string_view first, std::string_view second) const { return begins_with(first) && steps_.size() > 1 && steps_[1].key == second; }
  // Without the first `count` steps.
  ValuePath tail(size_t count) const;
  // Without the plain keys of `dotted_prefix`, which it begins with.
  ValuePath after(std::string_view dotted_prefix) const;
  // The first `count` steps alone.
  ValuePath head(size_t count) const;
  size_t size() const { return steps_.size(); }
  // "spec.containers[kserve-container].args[2]".
  std::string text() const;
  // The same with list members by their index in `root`, as tree/path.h reads it.
  std::string indexed_text(View root) const;

 private:
  struct Step {
    std::string key;       // of a map, or the name of a list's member
    bool list = false;     // `key`, or else `index`, of a list's member
    bool bracket = false;  // how it was written
    size_t index = 0;
    std::string item = {};  // the text of a list's member that has no name
  };
  ValuePath() = default;
  static std::optional<size_t> place(View list, const Step& step);
  static View follow(View at, const Step& step);
  static Step step_of(View at, std::string_view written, bool bracket);

  std::vector<Step> steps_;
};

}  // namespace isvcc
