#pragma once
// The place of a value inside an object, as Kubernetes writes it: spec.predictor.containers[0].env[2].name,
// metadata.annotations[example.com/a]. Built on the stack while walking; made into text only for a message.
#include <string>
#include <string_view>

#include "tree/node.h"

namespace isvcc {

class Path {
 public:
  Path() = default;
  Path key(std::string_view key) const { return Path(this, key, 0, Step::Key); }
  Path index(size_t i) const { return Path(this, {}, i, Step::Index); }
  // A key that names an entry of a free map: written in brackets.
  Path entry(std::string_view key) const { return Path(this, key, 0, Step::Entry); }

  // Empty for the root.
  std::string text() const;
  // The same with entries of free maps as plain keys, as the API server's schema validation writes them.
  std::string dotted_text() const;

 private:
  enum class Step { Root, Key, Index, Entry };
  Path(const Path* parent, std::string_view key, size_t index, Step step) : parent_(parent), key_(key), index_(index), step_(step) {}

  const Path* parent_ = nullptr;
  std::string_view key_;
  size_t index_ = 0;
  Step step_ = Step::Root;
};

// The value at a path in the text form above, absent when there is none: "spec.containers[0].image".
View find(View root, std::string_view path_text);

// The path of the value under `root` that was written at or just before byte `offset` of `file`; empty when there is none.
std::string path_at(View root, uint32_t file, uint32_t offset);

}  // namespace isvcc
