#include "review/diff/list_pairs.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace isvcc::diff {
namespace {

constexpr size_t kMostComparisons = 1 << 16;  // of one alignment; longer lists are compared place by place

using Keys = std::vector<std::string_view>;

std::string scalar_text(View value) {
  if (value.is_text()) return std::string(value.text());
  return value && !value.is_map() && !value.is_list() ? brief(value) : std::string();
}

// The key of an item: "8080/TCP". Empty when the item has none. A protocol that is left out is TCP, as the API server fills in.
std::string key_of(View item, const Keys& keys) {
  std::string out;
  for (std::string_view key : keys) {
    std::string part = scalar_text(item[key]);
    if (part.empty() && key == "protocol") part = "TCP";
    if (part.empty()) return {};
    out += cat(out.empty() ? "" : "/", part);
  }
  return out;
}

bool tells_apart(View list, const Keys& keys, std::map<std::string, size_t>& places) {
  for (size_t i = 0; i < list.size(); ++i) {
    std::string key = key_of(list.item(i), keys);
    if (key.empty() || !places.emplace(std::move(key), i).second) return false;
  }
  return true;
}

// A name first: `port: 80` may become 8080, the port "http" stays what it is.
std::vector<Keys> possible_keys(const Schema* list, std::string_view merge_key) {
  std::vector<Keys> out = {{"name"}};
  if (list && !list->list_keys.empty()) out.push_back(list->list_keys);
  if (!merge_key.empty()) out.push_back({merge_key});
  return out;
}

void pair_by_key(View before, View after, const Keys& keys, const std::map<std::string, size_t>& old_places, const std::map<std::string, size_t>& new_places,
                 ListPairs& out) {
  out.keyed = true;
  out.keys_of_item.assign(keys.begin(), keys.end());
  size_t last = 0;
  for (size_t i = 0; i < after.size(); ++i) {
    std::string key = key_of(after.item(i), keys);
    const auto old = old_places.find(key);
    if (old == old_places.end()) {
      out.pairs.push_back({std::nullopt, i, std::move(key)});
      continue;
    }
    if (old->second < last) out.reordered = true;
    last = old->second;
    out.pairs.push_back({old->second, i, std::move(key)});
  }
  for (size_t i = 0; i < before.size(); ++i) {
    std::string key = key_of(before.item(i), keys);
    if (!new_places.count(key)) out.pairs.push_back({i, std::nullopt, std::move(key)});
  }
}

// Lengths of the longest common subsequences of the tails, row by row.
class Alignment {
 public:
  Alignment(View before, View after, size_t first, size_t end_before, size_t end_after) : first_(first), rows_(end_before - first), columns_(end_after - first) {
    lengths_.assign((rows_ + 1) * (columns_ + 1), 0);
    for (size_t i = rows_; i-- > 0;)
      for (size_t j = columns_; j-- > 0;)
        at(i, j) = equal(before.item(first + i), after.item(first + j)) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  }
  // Places of equal items, in order.
  std::vector<std::pair<size_t, size_t>> matches(View before, View after) const {
    std::vector<std::pair<size_t, size_t>> out;
    for (size_t i = 0, j = 0; i < rows_ && j < columns_;) {
      if (equal(before.item(first_ + i), after.item(first_ + j))) out.emplace_back(first_ + i++, first_ + j++);
      else if (at(i + 1, j) >= at(i, j + 1)) ++i;
      else ++j;
    }
    return out;
  }

 private:
  uint32_t& at(size_t i, size_t j) { return lengths_[i * (columns_ + 1) + j]; }
  uint32_t at(size_t i, size_t j) const { return lengths_[i * (columns_ + 1) + j]; }

  size_t first_, rows_, columns_;
  std::vector<uint32_t> lengths_;
};

// What stands between two equal items: paired in order, the rest is new or gone.
void pair_gap(size_t old_begin, size_t old_end, size_t new_begin, size_t new_end, ListPairs& out) {
  for (size_t i = 0; i < std::max(old_end - old_begin, new_end - new_begin); ++i) {
    ItemPair pair;
    if (old_begin + i < old_end) pair.before = old_begin + i;
    if (new_begin + i < new_end) pair.after = new_begin + i;
    pair.label = cat(pair.after.value_or(old_begin + i));
    out.pairs.push_back(std::move(pair));
  }
}

void pair_by_place(View before, View after, ListPairs& out) {
  size_t head = 0, tail = 0;
  const size_t shorter = std::min(before.size(), after.size());
  while (head < shorter && equal(before.item(head), after.item(head))) ++head;
  while (tail < shorter - head && equal(before.item(before.size() - 1 - tail), after.item(after.size() - 1 - tail))) ++tail;
  const size_t end_before = before.size() - tail, end_after = after.size() - tail;
  std::vector<std::pair<size_t, size_t>> matches;
  if ((end_before - head) * (end_after - head) <= kMostComparisons) matches = Alignment(before, after, head, end_before, end_after).matches(before, after);
  matches.emplace_back(end_before, end_after);
  size_t i = head, j = head;
  for (const auto& [old_place, new_place] : matches) {
    pair_gap(i, old_place, j, new_place, out);
    i = old_place + 1;
    j = new_place + 1;
  }
  std::stable_sort(out.pairs.begin(), out.pairs.end(), [](const ItemPair& a, const ItemPair& b) { return a.after.has_value() > b.after.has_value(); });
}

}  // namespace

ListPairs pair_items(View before, View after, const Schema* list, std::string_view merge_key) {
  ListPairs out;
  for (const Keys& keys : possible_keys(list, merge_key)) {
    std::map<std::string, size_t> old_places, new_places;
    if (!tells_apart(before, keys, old_places) || !tells_apart(after, keys, new_places)) continue;
    pair_by_key(before, after, keys, old_places, new_places, out);
    return out;
  }
  pair_by_place(before, after, out);
  return out;
}

}  // namespace isvcc::diff
