#pragma once
// A map as its author wrote it in YAML or JSON: where an entry can be put without touching anything else. Knows no kinds.
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "driver/pins/text_edit.h"
#include "tree/node.h"

namespace isvcc {

class WrittenMap {
 public:
  // The map at the path of keys below `root`, which stands in `text`. Nothing, and the reason in words ("is an alias of another place"),
  // where an edit would not be plain.
  static std::optional<WrittenMap> find(std::string_view text, View root, std::initializer_list<std::string_view> path, std::string& why);

  // New entries before all others, written in the map's own style: block or flow, its indentation, quotes and line ends.
  TextEdit add(View entries) const;
  // Another name for the key whose value the map is.
  TextEdit rename(std::string_view key) const;

 private:
  bool step(const Field& field, std::string& why);
  bool place(std::string& why);
  bool place_block(std::string& why);
  void place_flow();

  std::string_view text_;
  View map_;
  size_t key_begin_ = 0, key_size_ = 0;  // the token, quotes included
  size_t colon_ = 0;
  size_t insert_at_ = 0, column_ = 0;    // column: of a block map
  bool flow_ = false, empty_ = false;
  std::string between_;                  // of a flow map: what stands between two entries behind the comma
  std::string_view line_end_ = "\n";
};

}  // namespace isvcc
