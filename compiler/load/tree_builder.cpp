#include "load/tree_builder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"

namespace isvcc {

// Known by its address; its text is never compared.
const char* const TreeBuilder::kMergeKey = "<<";

void TreeBuilder::reset() {
  frames_.clear();
  fields_.clear();
  items_.clear();
  duplicates_.clear();
  replaced_.clear();
  nodes_ = last_height_ = 0;
  last_ = nullptr;
}

bool TreeBuilder::fail(Problem problem) {
  problem_ = std::move(problem);
  return false;
}

bool TreeBuilder::fail(Limit limit, size_t offset) {
  return fail({Code::LimitExceeded, offset, offset, over(limit, limits_), how_to_raise(limit), 0, {}});
}

bool TreeBuilder::open(Kind kind, size_t offset) {
  if (frames_.size() >= limits_.depth) return fail(Limit::depth, offset);
  if (++nodes_ > limits_.nodes) return fail(Limit::nodes, offset);
  const size_t base = kind == Kind::Map ? fields_.size() : items_.size();
  frames_.push_back({static_cast<uint32_t>(base), static_cast<uint32_t>(offset), 0, kind == Kind::Map, false, false, {}});
  return true;
}

bool TreeBuilder::key(std::string_view text, size_t offset) {
  if (text.size() > limits_.key_bytes) return fail(Limit::key_bytes, offset);
  frames_.back().key = {text.data(), static_cast<uint32_t>(text.size()), file_ == 0 ? 0 : static_cast<uint32_t>(offset), nullptr};
  frames_.back().has_key = true;
  return true;
}

void TreeBuilder::merge_key(size_t offset) {
  frames_.back().key = {kMergeKey, 2, static_cast<uint32_t>(offset), nullptr};
  frames_.back().has_key = frames_.back().has_merge = true;
}

static uint16_t token_length(size_t begin, size_t end) { return static_cast<uint16_t>(std::min<size_t>(end > begin ? end - begin : 0, UINT16_MAX)); }

void TreeBuilder::place(Node& node, size_t begin, size_t end) const {
  node.origin = file_ == 0 ? made_ : Origin{file_, static_cast<uint32_t>(begin)};
  if (file_ != 0) node.length = token_length(begin, end);
}

bool TreeBuilder::add(Node node, size_t offset, size_t end) {
  if (++nodes_ > limits_.nodes) return fail(Limit::nodes, offset);
  if (node.kind == Kind::String && node.size > limits_.scalar_bytes) return fail(Limit::scalar_bytes, offset);
  place(node, offset, end);
  return put(arena_.make(node), 0);
}

bool TreeBuilder::share(const Node* node, size_t nodes, size_t height, size_t offset) {
  nodes_ += nodes;
  if (nodes_ > limits_.nodes) return fail(Limit::nodes, offset);
  if (frames_.size() + height > limits_.depth) return fail(Limit::depth, offset);
  return put(node, height);
}

bool TreeBuilder::put(const Node* node, size_t height) {
  last_ = node;
  last_height_ = height;
  if (frames_.empty()) return true;
  Frame& top = frames_.back();
  top.height = std::max(top.height, static_cast<uint32_t>(height));
  if (!top.map) {
    items_.push_back(node);
    return true;
  }
  top.key.value = node;
  fields_.push_back(top.key);
  top.has_key = false;
  return true;
}

bool TreeBuilder::close(size_t end) {
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.map && frame.has_merge && !resolve_merges(frame.base)) return false;
  if (frame.map && !frame.has_merge) drop_duplicates(frame.base);
  return put(frame.map ? make_map(frame, end) : make_list(frame, end), frame.height + 1);
}

Node TreeBuilder::container(Kind kind, const Frame& frame, size_t end, size_t size) const {
  Node node;
  node.kind = kind;
  node.size = static_cast<uint32_t>(size);
  place(node, frame.offset, end);
  return node;
}

const Node* TreeBuilder::make_list(const Frame& frame, size_t end) {
  Node node = container(Kind::List, frame, end, items_.size() - frame.base);
  node.items = arena_.copy(std::span<const Node* const>(items_).subspan(frame.base)).data();
  items_.resize(frame.base);
  return arena_.make(node);
}

const Node* TreeBuilder::make_map(const Frame& frame, size_t end) {
  Node node = container(Kind::Map, frame, end, fields_.size() - frame.base);
  node.set_fields(arena_.copy(std::span<const Field>(fields_).subspan(frame.base)).data(), node.size);
  fields_.resize(frame.base);
  return arena_.make(node);
}

void TreeBuilder::note(Duplicate duplicate) {
  std::vector<Duplicate>& list = duplicate.kind == Duplicate::Written ? duplicates_ : replaced_;
  if (list.size() < kMaxDuplicates) list.push_back(duplicate);
}

// ---- duplicate keys: the last value wins, at the place of the first

// False means: surely all different. One pass with one bit per key, so that ordinary maps cost nothing.
static bool may_repeat(std::span<const Field> fields) {
  uint64_t seen = 0;
  for (const Field& f : fields) {
    const size_t n = f.key_size;
    const unsigned hash = n == 0 ? 0 : static_cast<unsigned>(n * 7 + static_cast<unsigned char>(f.key_text[0]) * 13 + static_cast<unsigned char>(f.key_text[n - 1]) * 3);
    const uint64_t bit = uint64_t{1} << (hash & 63);
    if (seen & bit) return true;
    seen |= bit;
  }
  return false;
}

static bool has_equal_pair(std::span<const Field> fields) {
  for (size_t i = 1; i < fields.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (fields[i].key_size == fields[j].key_size && fields[i].key() == fields[j].key()) return true;
  return false;
}

static bool has_equal_neighbours(std::span<const Field> fields) {
  std::vector<std::string_view> keys;
  keys.reserve(fields.size());
  for (const Field& f : fields) keys.push_back(f.key());
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

// Sorting rather than hashing for large maps: keys come from strangers, and collisions must not make this quadratic.
static bool repeats(std::span<const Field> fields) {
  if (fields.size() < 2 || (fields.size() <= 16 && !may_repeat(fields))) return false;
  return fields.size() <= 16 ? has_equal_pair(fields) : has_equal_neighbours(fields);
}

void TreeBuilder::drop_duplicates(size_t base) {
  const std::span<Field> all(fields_.data() + base, fields_.size() - base);
  if (!repeats(all)) return;
  std::map<std::string_view, size_t> places;
  size_t kept = 0;
  for (const Field& field : all) {
    const auto [place, fresh] = places.emplace(field.key(), kept);
    if (fresh) {
      all[kept++] = field;
      continue;
    }
    note({all[place->second], field, Duplicate::Written});
    all[place->second] = field;
  }
  fields_.resize(base + kept);
}

// ---- merge keys

namespace {
// A map in the making: later entries replace earlier ones and take their place.
struct Merged {
  std::vector<Field> fields;
  std::map<std::string_view, size_t> places;
  std::vector<bool> from_merge;

  // The field that was replaced, if any.
  std::optional<std::pair<Field, bool>> set(const Field& field, bool merged) {
    const auto [place, fresh] = places.emplace(field.key(), fields.size());
    if (fresh) {
      fields.push_back(field);
      from_merge.push_back(merged);
      return std::nullopt;
    }
    const size_t i = place->second;
    const std::pair<Field, bool> before{fields[i], from_merge[i]};
    fields[i] = field;
    from_merge[i] = merged;
    return before;
  }
};
}  // namespace

static Duplicate::Kind kind_of(bool first_merged, bool second_merged) {
  if (second_merged) return first_merged ? Duplicate::MergedReplaced : Duplicate::MergeReplaces;
  return first_merged ? Duplicate::MergedReplaced : Duplicate::Written;
}

// The maps that the value of `<<` names, in the order in which they are laid over what is there: of a list the first one wins.
static std::optional<std::vector<View>> merged_maps(View value) {
  std::vector<View> maps;
  if (value.is_map()) return std::vector<View>{value};
  if (!value.is_list()) return std::nullopt;
  for (size_t i = value.size(); i-- > 0;) {
    if (!value.item(i).is_map()) return std::nullopt;
    maps.push_back(value.item(i));
  }
  return maps;
}

// In document order, as go-yaml v2: a merge replaces what stands before it and is replaced by what follows.
bool TreeBuilder::resolve_merges(size_t base) {
  Merged merged;
  const std::vector<Field> written(fields_.begin() + static_cast<std::ptrdiff_t>(base), fields_.end());
  const auto set = [&](const Field& field, bool from_merge) {
    if (const auto before = merged.set(field, from_merge)) note({before->first, field, kind_of(before->second, from_merge)});
  };
  for (const Field& field : written) {
    if (field.key_text != kMergeKey) {
      set(field, false);
      continue;
    }
    const auto maps = merged_maps(field.value);
    if (!maps) {
      return fail({Code::BadMerge, field.key_offset, field.key_offset + 2, cat("`<<` merges mappings, not ", brief(field.value, 40)),
                   "quote the key if it is meant as a text", 0, {}});
    }
    for (View map : *maps)
      for (const Field& inner : map.fields()) set(inner, true);
  }
  fields_.resize(base);
  fields_.insert(fields_.end(), merged.fields.begin(), merged.fields.end());
  nodes_ += merged.fields.size();
  return nodes_ <= limits_.nodes || fail(Limit::nodes, written.front().key_offset);
}

}  // namespace isvcc
