#pragma once
// What stands in the output of a pipe in place of each object of its input. Objects that isvcc does not compile stay as they are,
// whatever they hold.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "driver/commands/session.h"

namespace isvcc {

// The source that standard input was loaded as, the last of this name; 0 when it was not read.
FileId input_file(const Sources& sources);

// Annotations that the tool around the pipe uses to keep its books: they are no part of the objects, so nothing is rendered from them.
bool is_bookkeeping(std::string_view annotation);

class Replacement {
 public:
  explicit Replacement(Session& session);

  // False: the object is copied.
  bool replaces(const Document& document) const;
  // The objects in its place: rendered ones, itself, or none (a runtime that was compiled in).
  std::vector<const Node*> objects(const Document& document);
  // Rendered objects that belong to no single object of the input.
  const std::vector<const Node*>& others() const { return others_; }
  size_t left_out() const { return left_out_; }

 private:
  const Node* carried(const Node* object, View from);

  Session& session_;
  Arena& arena_;
  std::map<const Node*, const Object*> objects_;                     // by what was written
  std::map<const Object*, std::vector<const Node*>> rendered_;
  std::vector<const Node*> others_;
  size_t left_out_ = 0;
};

}  // namespace isvcc
