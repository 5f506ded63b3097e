#pragma once
// The parts of an input stream that are copied or replaced as a whole: documents of a YAML stream, items of a ResourceList. A part in which
// nothing is rendered goes through byte for byte, comments and all. Knows places only, no meaning.
#include <string_view>
#include <vector>

#include "load/load.h"

namespace isvcc {

struct PipeUnit {
  std::string_view text = {};  // as it stands in the input; empty: it has no text of its own and `node` must be written
  View node = {};              // the item of a ResourceList
  std::vector<const Document*> documents = {};
};

// The documents of a stream: text between lines of three dashes, without these lines. Blank parts are left out.
std::vector<PipeUnit> stream_units(std::string_view text, FileId file, const Documents& documents);

struct ItemLines {
  std::vector<PipeUnit> units;
  size_t indent = 0;        // columns before the dash of each item
  bool with_text = false;   // each unit has the lines of its item, the dash included
};

// The items of a ResourceList. They have text when the list is written as a block sequence and uses no anchors.
ItemLines list_units(std::string_view text, View list, FileId file, const Documents& documents);

}  // namespace isvcc
