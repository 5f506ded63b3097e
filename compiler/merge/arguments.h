#pragma once
// Command line arguments that KServe appends to a container.
#include <vector>

#include "base/text.h"
#include "tree/make.h"

namespace isvcc {

class Arguments {
 public:
  Arguments(View present, Make make) : make_(make), given_(present), items_(present.items().begin(), present.items().end()) {}

  // True when an argument the author wrote equals the flag or starts with it: `--http_port=9` counts, and so does `--http_port_x` (IncludesArg).
  bool has(std::string_view flag) const {
    for (const Node* item : given_.items())
      if (starts_with(View(item).text(), flag)) return true;
    return false;
  }
  void add_pair(std::string_view flag, std::string_view value) {
    items_.push_back(make_.text(flag));
    items_.push_back(make_.text(value));
  }
  void add_pair_unless_present(std::string_view flag, std::string_view value) {
    if (!has(flag)) add_pair(flag, value);
  }
  void add_all(View list) { items_.insert(items_.end(), list.items().begin(), list.items().end()); }
  const Node* list() const { return make_.list(items_); }

 private:
  Make make_;
  View given_;
  std::vector<const Node*> items_;
};

}  // namespace isvcc
