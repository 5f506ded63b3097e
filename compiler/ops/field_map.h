#pragma once
// The fields of a Map while it is edited: keeps their order, finds keys fast in large maps, and remembers whether anything changed.
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/same_text.h"
#include "tree/make.h"

namespace isvcc {

class FieldMap {
 public:
  explicit FieldMap(View map) : source_(map), fields_(map.fields()) {}

  // Null when the key is not there.
  const Node* find(std::string_view key) const {
    const size_t at = index_of(key);
    return at == kNone ? nullptr : fields_[at].value;
  }

  // The key is borrowed when it is new.
  void set(std::string_view key, const Node* value, uint32_t key_offset = 0) {
    const size_t at = index_of(key);
    if (at == kNone) {
      if (indexed_) index_.emplace(key, fields_.size());
      own().push_back({key.data(), static_cast<uint32_t>(key.size()), key_offset, value});
      fields_ = own_;
    } else if (fields_[at].value != value) {
      own()[at].value = value;
    }
  }

  void erase(std::string_view key) {
    const size_t at = index_of(key);
    if (at == kNone) return;
    // Only marked: positions in the index stay true.
    own()[at].value = nullptr;
    if (indexed_) index_.erase(key);
  }

  template <class Visit>
  void each(Visit visit) const {
    for (const Field& field : fields_)
      if (field.value) visit(field.key(), View(field.value));
  }

  template <class Keeps>
  void keep_only(Keeps keeps) {
    for (const Field& field : std::vector<Field>(fields_.begin(), fields_.end()))
      if (field.value && !keeps(field.key())) erase(field.key());
  }

  // The source itself when nothing changed.
  const Node* build(const Make& make) {
    if (!changed_ && source_.is_map()) return source_.node();
    std::erase_if(own_, [](const Field& field) { return !field.value; });
    return make.at(source_).fields(own_);
  }

 private:
  static constexpr size_t kNone = ~size_t{0}, kLinear = 16;

  size_t index_of(std::string_view key) const {
    if (fields_.size() <= kLinear) {
      for (size_t i = fields_.size(); i-- > 0;)
        if (fields_[i].value && same_text(fields_[i].key(), key)) return i;
      return kNone;
    }
    if (!indexed_) {
      for (size_t i = 0; i < fields_.size(); ++i)
        if (fields_[i].value) index_.insert_or_assign(fields_[i].key(), i);
      indexed_ = true;
    }
    const auto found = index_.find(key);
    return found == index_.end() ? kNone : found->second;
  }

  // The fields as a copy that may change.
  std::vector<Field>& own() {
    if (!std::exchange(changed_, true)) {
      own_.reserve(fields_.size() + 8);
      own_.assign(fields_.begin(), fields_.end());
      fields_ = own_;
    }
    return own_;
  }

  View source_;
  std::vector<Field> own_;          // once anything changed
  std::span<const Field> fields_;   // those, or the source's
  mutable std::unordered_map<std::string_view, size_t> index_;
  mutable bool indexed_ = false;
  bool changed_ = false;
};

}  // namespace isvcc
