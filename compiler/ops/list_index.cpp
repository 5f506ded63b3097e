#include "ops/list_index.h"

#include <functional>

namespace isvcc {

bool same_scalar(const Node& a, const Node& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::Null: return true;
    case Kind::Bool: return a.b == b.b;
    case Kind::Int: return a.i == b.i;
    case Kind::Uint: return a.u == b.u;
    case Kind::Float: return a.d == b.d;
    case Kind::String: return View(&a).text() == View(&b).text();
    case Kind::List:
    case Kind::Map: return false;
  }
  return false;
}

size_t ListIndex::Hash::operator()(const Node* node) const {
  switch (node->kind) {
    case Kind::String: return std::hash<std::string_view>()(View(node).text());
    case Kind::Float: return std::hash<double>()(node->d);
    case Kind::Bool: return node->b;
    case Kind::Int:
    case Kind::Uint: return std::hash<uint64_t>()(node->u);
    default: return 0;
  }
}

void ListIndex::add(const Node* item) { scalars_.push_back(scalar_of(item)); }

size_t ListIndex::find(const Node& scalar) const {
  if (scalar.kind == Kind::List || scalar.kind == Kind::Map) return kNone;
  if (scalars_.size() <= kLinear) {
    for (size_t i = 0; i < scalars_.size(); ++i)
      if (scalars_[i] && same_scalar(*scalars_[i], scalar)) return i;
    return kNone;
  }
  // Items added since the last time.
  for (; hashed_ < scalars_.size(); ++hashed_) {
    const Node* known = scalars_[hashed_];
    if (known && known->kind != Kind::List && known->kind != Kind::Map) first_.emplace(known, hashed_);
  }
  const auto found = first_.find(&scalar);
  return found == first_.end() ? kNone : found->second;
}

}  // namespace isvcc
