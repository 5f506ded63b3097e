#include "repo/repository.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

// Most objects are of a few kinds: their names tell them apart.
size_t Repository::IdentityHash::operator()(const Identity& identity) const {
  const std::hash<std::string_view> hash;
  return (hash(identity.name) * 31 + hash(identity.namespace_)) * 31 + identity.kind.size();
}

const Object* Repository::add(const Object& object) {
  objects_.push_back(object);
  const auto [at, fresh] = by_identity_.emplace(identity_of(objects_.back()), &objects_.back());
  if (fresh) return nullptr;
  objects_.pop_back();
  return at->second;
}

void Repository::store(const Object& object, const Node* stored) {
  const auto found = by_identity_.find(identity_of(object));
  if (found != by_identity_.end()) found->second->node = stored;
}

void Repository::refuse(const Object& object) {
  const auto found = by_identity_.find(identity_of(object));
  if (found == by_identity_.end()) return;
  found->second->node = nullptr;
  by_identity_.erase(found);
}

static bool comes_before(const Object* a, const Object* b) { return a->namespace_ != b->namespace_ ? a->namespace_ < b->namespace_ : a->name < b->name; }

void Repository::finish() {
  if (indexed_ == objects_.size()) {
    for (auto& [kind, list] : by_kind_) std::erase_if(list, [](const Object* object) { return !object->node; });
    return;
  }
  indexed_ = objects_.size();
  by_kind_.clear();
  std::string_view kind;
  std::vector<const Object*>* list = nullptr;  // of the last object: most are of one kind
  for (const Object& object : objects_) {
    if (!object.node) continue;
    if (!list || object.kind != kind) list = &by_kind_[std::string(kind = object.kind)];
    list->push_back(&object);
  }
  for (auto& [name, all] : by_kind_)
    if (!std::is_sorted(all.begin(), all.end(), comes_before)) std::sort(all.begin(), all.end(), comes_before);
}

const Object* Repository::find(std::string_view kind, std::string_view namespace_, std::string_view name) const {
  const auto found = by_identity_.find({kind, namespace_, name});
  return found == by_identity_.end() ? nullptr : found->second;
}

std::span<const Object* const> Repository::all(std::string_view kind) const {
  const auto found = by_kind_.find(kind);
  return found == by_kind_.end() ? std::span<const Object* const>() : found->second;
}

std::vector<const Object*> Repository::in_namespace(std::string_view kind, std::string_view namespace_) const {
  const std::span<const Object* const> list = all(kind);
  auto less = [](const Object* o, std::string_view ns) { return o->namespace_ < ns; };
  auto greater = [](std::string_view ns, const Object* o) { return ns < o->namespace_; };
  const auto first = std::lower_bound(list.begin(), list.end(), namespace_, less);
  return {first, std::upper_bound(first, list.end(), namespace_, greater)};
}

std::vector<const Object*> Repository::everything() const {
  std::vector<const Object*> out;
  for (const Object& object : objects_)
    if (object.node) out.push_back(&object);
  return out;
}

}  // namespace isvcc
