#include "tree/make.h"

#include <algorithm>

#include "base/same_text.h"

namespace isvcc {

Node Make::blank(Kind kind) const {
  Node node;
  node.kind = kind;
  node.origin = origin_;
  return node;
}

const Node* Make::null() const { return arena_->make(blank(Kind::Null)); }

const Node* Make::boolean(bool value) const {
  Node node = blank(Kind::Bool);
  node.b = value;
  return arena_->make(node);
}

const Node* Make::integer(int64_t value) const {
  Node node = blank(Kind::Int);
  node.i = value;
  return arena_->make(node);
}

const Node* Make::uinteger(uint64_t value) const {
  if (value <= INT64_MAX) return integer(static_cast<int64_t>(value));
  Node node = blank(Kind::Uint);
  node.u = value;
  return arena_->make(node);
}

const Node* Make::number(double value) const {
  Node node = blank(Kind::Float);
  node.d = value;
  return arena_->make(node);
}

const Node* Make::text(std::string_view value) const { return borrowed(arena_->copy(value)); }

const Node* Make::borrowed(std::string_view value) const {
  Node node = blank(Kind::String);
  node.text = value.data();
  node.size = static_cast<uint32_t>(value.size());
  return arena_->make(node);
}

static Field field(std::string_view key, const Node* value) { return {key.data(), static_cast<uint32_t>(key.size()), 0, value}; }

template <class Entries>
static std::vector<Field> present(const Entries& entries) {
  std::vector<Field> fields;
  fields.reserve(entries.size());
  for (const Entry& entry : entries)
    if (entry.value) fields.push_back(field(entry.key, entry.value));
  return fields;
}

const Node* Make::map(std::initializer_list<Entry> entries) const { return fields(present(entries)); }
const Node* Make::map(const std::vector<Entry>& entries) const { return fields(present(entries)); }

const Node* Make::fields(std::span<const Field> all) const {
  const std::span<const Field> kept = arena_->copy(all);
  Node node = blank(Kind::Map);
  node.fields = kept.data();
  node.size = static_cast<uint32_t>(kept.size());
  return arena_->make(node);
}

template <class Items>
static const Node* make_list(Arena& arena, Node node, const Items& items) {
  std::vector<const Node*> present;
  present.reserve(items.size());
  for (const Node* item : items)
    if (item) present.push_back(item);
  const std::span<const Node* const> kept = arena.copy(std::span<const Node* const>(present));
  node.items = kept.data();
  node.size = static_cast<uint32_t>(kept.size());
  return arena.make(node);
}

const Node* Make::list(std::initializer_list<const Node*> items) const { return make_list(*arena_, blank(Kind::List), items); }
const Node* Make::list(const std::vector<const Node*>& items) const { return make_list(*arena_, blank(Kind::List), items); }

template <class Texts>
static std::vector<const Node*> text_nodes(const Make& make, const Texts& texts) {
  std::vector<const Node*> items;
  for (const auto& text : texts) items.push_back(make.text(text));
  return items;
}

const Node* Make::texts(std::initializer_list<std::string_view> items) const { return list(text_nodes(*this, items)); }
const Node* Make::texts(const std::vector<std::string>& items) const { return list(text_nodes(*this, items)); }

const Node* Make::with(View base, std::string_view key, const Node* value) const {
  return MapBuilder(base ? at(base) : *this, base).set(key, value).build();
}

const Node* Make::with_path(View base, std::string_view dotted, const Node* value) const {
  const size_t dot = dotted.find('.');
  const std::string_view key = dotted.substr(0, dot);
  if (dot == std::string_view::npos) return with(base, key, value);
  return with(base, key, with_path(base[key], dotted.substr(dot + 1), value));
}

const Node* Make::overlay(std::initializer_list<View> maps) const {
  const bool all_absent = std::none_of(maps.begin(), maps.end(), [](const View& m) { return m.is_map(); });
  if (all_absent) return nullptr;
  MapBuilder out(*this);
  for (const View& m : maps)
    for (const Field& f : m.fields()) out.set(f.key(), f.value);
  return out.build();
}

const Node* Make::appended(View base, const Node* item) const {
  std::vector<const Node*> items(base.items().begin(), base.items().end());
  items.push_back(item);
  return list(items);
}

const Node* Make::replaced(View base, size_t i, const Node* item) const {
  std::vector<const Node*> items(base.items().begin(), base.items().end());
  items.at(i) = item;
  return at(base).list(items);
}

const Node* Make::concatenated(View first, View second) const {
  std::vector<const Node*> items(first.items().begin(), first.items().end());
  items.insert(items.end(), second.items().begin(), second.items().end());
  return list(items);
}

MapBuilder::MapBuilder(Make make, View base) : make_(make) {
  const std::span<const Field> fields = base.fields();
  fields_.reserve(fields.size() + 4);
  fields_.assign(fields.begin(), fields.end());
}

MapBuilder& MapBuilder::set(std::string_view key, const Node* value) {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return same_text(f.key(), key); });
  if (found == fields_.end()) {
    if (value) fields_.push_back(field(key, value));
  } else if (value) {
    found->value = value;
  } else {
    fields_.erase(found);
  }
  return *this;
}

bool MapBuilder::has(std::string_view key) const { return static_cast<bool>(get(key)); }

View MapBuilder::get(std::string_view key) const {
  for (const Field& f : fields_)
    if (same_text(f.key(), key)) return f.value;
  return {};
}

}  // namespace isvcc
