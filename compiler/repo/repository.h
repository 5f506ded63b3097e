#pragma once
// All objects of a run, indexed once, then read by every thread. Answers what KServe's cached clients would answer.
#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kserve/object.h"

namespace isvcc {

class Repository {
 public:
  // How many objects may come: spares work, nothing else.
  void expect(size_t objects) { by_identity_.reserve(objects); }
  // Before finish(): objects in source order. The first of two objects of one identity stays; add() then returns it, else null.
  const Object* add(const Object& object);
  // Replaces an object by its stored form.
  void store(const Object& object, const Node* stored);
  // Removes an object that admission refused: nothing finds it any more.
  void refuse(const Object& object);
  // Makes the indexes: after objects were added, refused or stored.
  void finish();

  // By kind (of any API version), namespace ("" for cluster scope) and name; null when there is none.
  const Object* find(std::string_view kind, std::string_view namespace_, std::string_view name) const;
  // All objects of a kind, by (namespace, name).
  std::span<const Object* const> all(std::string_view kind) const;
  // Those of one namespace, by name.
  std::vector<const Object*> in_namespace(std::string_view kind, std::string_view namespace_) const;
  // Every object in the order it was added, refused ones left out.
  std::vector<const Object*> everything() const;
  bool has_kind(std::string_view kind) const { return !all(kind).empty(); }

 private:
  struct Identity {
    std::string_view kind, namespace_, name;
    bool operator==(const Identity&) const = default;
  };
  struct IdentityHash {
    size_t operator()(const Identity& identity) const;
  };
  static Identity identity_of(const Object& object) { return {object.kind, object.namespace_, object.name}; }

  std::deque<Object> objects_;
  std::unordered_map<Identity, Object*, IdentityHash> by_identity_;  // the texts are the objects' own
  std::map<std::string, std::vector<const Object*>, std::less<>> by_kind_;
  size_t indexed_ = 0;  // how many objects there were when by_kind_ was made
};

}  // namespace isvcc
