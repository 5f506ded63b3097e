#pragma once
// Which value stands on each line of a printed text: the text is read again, and its tree is walked beside the one it was printed from.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "review/value_path.h"

namespace isvcc {

// A value and the lines it takes, from 1. A map or list counts as the line of its key; its members have lines of their own.
struct PrintedLine {
  size_t line = 0;
  size_t last = 0;          // 0: not known
  bool block = false;       // a block scalar, whose header ends the first line
  View object;              // that it belongs to
  std::string path;         // inside the object
  View value;               // as it was printed from; absent: the printer added it
  bool leaf() const { return !value.has_children(); }
};

// The object that a document was printed from; absent for documents that nobody asks about.
using FindPrinted = std::function<View(View document)>;

// In the order of the lines. Lines that only go on with a value, separators, and documents that are not found are left out.
std::vector<PrintedLine> printed_lines(std::string_view text, const FindPrinted& printed, Arena& arena);

}  // namespace isvcc
