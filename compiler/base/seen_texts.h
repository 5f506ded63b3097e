#pragma once
// Which texts came before: a few are compared with each other, many (lists come from strangers) get a tree.
#include <array>
#include <map>
#include <string_view>

#include "base/same_text.h"

namespace isvcc {

class SeenTexts {
 public:
  struct Place {
    size_t number;  // among the different texts, in the order they came
    bool fresh;     // it came for the first time
  };

  Place add(std::string_view text) {
    for (size_t i = 0; i < few_count_; ++i)
      if (same_text(few_[i], text)) return {i, false};
    if (few_count_ < few_.size()) {
      few_[few_count_] = text;
      return {few_count_++, true};
    }
    const auto [at, fresh] = more_.emplace(text, few_count_ + more_.size());
    return {at->second, fresh};
  }
  bool is_fresh(std::string_view text) { return add(text).fresh; }

 private:
  std::array<std::string_view, 16> few_;
  size_t few_count_ = 0;
  std::map<std::string_view, size_t> more_;
};

}  // namespace isvcc
