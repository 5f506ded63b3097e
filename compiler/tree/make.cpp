#include "tree/make.h"

#include <algorithm>

#include "base/same_text.h"

namespace isvcc {

[[gnu::always_inline]] inline Node Make::blank(Kind kind) const {
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

const Node* Make::map_of(const Field* fields, size_t size) const {
  Node node = blank(Kind::Map);
  node.set_fields(fields, size);
  return arena_->make(node);
}

const Node* Make::list_of(const Node* const* items, size_t size) const {
  Node node = blank(Kind::List);
  node.items = items;
  node.size = static_cast<uint32_t>(size);
  return arena_->make(node);
}

template <class Entries>
const Node* Make::map_from(const Entries& entries) const {
  Field* const fields = arena_->array<Field>(entries.size());
  size_t size = 0;
  for (const Entry& entry : entries)
    if (entry.value) fields[size++] = field(entry.key, entry.value);
  return map_of(fields, size);
}

const Node* Make::map(std::initializer_list<Entry> entries) const { return map_from(entries); }
const Node* Make::map(const std::vector<Entry>& entries) const { return map_from(entries); }

const Node* Make::fields(std::span<const Field> all) const {
  const std::span<const Field> kept = arena_->copy(all);
  return map_of(kept.data(), kept.size());
}

template <class Items>
const Node* Make::list_from(const Items& all) const {
  const Node** const items = arena_->array<const Node*>(all.size());
  size_t size = 0;
  for (const Node* item : all)
    if (item) items[size++] = item;
  return list_of(items, size);
}

const Node* Make::list(std::initializer_list<const Node*> items) const { return list_from(items); }
const Node* Make::list(const std::vector<const Node*>& items) const { return list_from(items); }

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

static constexpr size_t kSpare = 4;

MapBuilder::MapBuilder(Make make, View base) : make_(make), fields_(const_cast<Field*>(base.fields().data())), size_(base.fields().size()), built_(true) {}

// The fields as an array of our own with room for `capacity`.
void MapBuilder::own(size_t capacity) {
  Field* const fields = make_.arena().array<Field>(capacity);
  std::copy_n(fields_, size_, fields);
  fields_ = fields;
  capacity_ = capacity;
  built_ = false;
}

Field* MapBuilder::find(std::string_view key) const {
  return std::find_if(fields_, fields_ + size_, [&](const Field& f) { return same_text(f.key(), key); });
}

MapBuilder& MapBuilder::set(std::string_view key, const Node* value) {
  const auto at = static_cast<size_t>(find(key) - fields_);
  if (at == size_ ? !value : fields_[at].value == value) return *this;
  if (built_ || (at == size_ && size_ == capacity_)) own(size_ + std::max(size_ / 2, kSpare));
  if (!value) std::copy(fields_ + at + 1, fields_ + size_, fields_ + at), --size_;
  else if (at == size_) fields_[size_++] = field(key, value);
  else fields_[at].value = value;
  return *this;
}

const Node* MapBuilder::build() const {
  built_ = true;
  return make_.map_of(fields_, size_);
}

bool MapBuilder::has(std::string_view key) const { return static_cast<bool>(get(key)); }

View MapBuilder::get(std::string_view key) const {
  const Field* found = find(key);
  return found == fields_ + size_ ? View() : View(found->value);
}

}  // namespace isvcc
