#pragma once
// Parts of an output and shares of it. A part is what one namespace gives; the parts of a share are chosen by a hash of their names, so
// that K shares, made anywhere and in any order, put together are the whole. Knows nothing of files.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

// The part that the objects of a namespace belong to: its name as one path component, or "_cluster" for objects without a namespace. What
// belongs to no part ("") is small, equal in every share and written by each: a kustomization.yaml that names all folders, for example.
std::string part_of(std::string_view namespace_);

// Share `index` of `count`, counted from 1. The default is the whole.
struct Shard {
  size_t index = 1, count = 1;

  bool whole() const { return count == 1; }
  bool has(std::string_view part) const;
  bool has_namespace(std::string_view namespace_) const { return whole() || has(part_of(namespace_)); }
};

// "2/5"; nothing when it is no such thing.
std::optional<Shard> parse_shard(std::string_view text);

}  // namespace isvcc
