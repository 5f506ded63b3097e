#pragma once
// Columns for a terminal: each as wide as its widest cell. Cells are printed as they are; the caller makes them safe.
#include <string>
#include <vector>

namespace isvcc {

class TextTable {
 public:
  explicit TextTable(std::string indent = "  ") : indent_(std::move(indent)) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  // Without blanks at the ends of lines.
  std::string text() const;

 private:
  std::string indent_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace isvcc
