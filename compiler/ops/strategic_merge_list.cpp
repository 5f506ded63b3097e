// Lists that merge: item by item under their merge key, or as sets of scalars. The patch decides the order.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "ops/list_index.h"
#include "ops/strategic_merger.h"

namespace isvcc {

// All items must be of one type, and no lists.
bool StrategicMerger::element_kind(View original, View patch, Kind& kind) {
  View first;
  for (const View list : {original, patch})
    for (const Node* item : list.items()) {
      if (!first) first = item;
      if (View(item).is_list() && first.node() == item) return fail("lists of lists are not supported"), false;
      if (go_json_type(first) != go_json_type(item) || first.is_null())
        return fail(cat("list element types are not identical: [", original ? go_text_of(original) : "[]", " ", patch ? go_text_of(patch) : "[]", "]")), false;
    }
  if (!first) return fail("no elements in any of the given slices"), false;
  kind = first.node()->kind;
  return true;
}

bool StrategicMerger::has_key(View item, std::string_view key) {
  if (key.empty() || item[key]) return true;
  if (!item.is_map()) return fail(cat("expected a map[string]interface {}, but received a ", go_json_type(item))), false;
  return fail(cat("map: ", go_text_of(item), " does not contain declared merge key: ", key)), false;
}

static std::vector<const Node*> without(View list, View removed) {
  const std::vector<const Node*> gone(removed.items().begin(), removed.items().end());
  const ListIndex index(gone, "");
  std::vector<const Node*> out;
  for (const Node* item : list.items())
    if (index.find(*item) == ListIndex::kNone) out.push_back(item);
  return out;
}

static void append_new(std::vector<const Node*>& out, ListIndex& index, View list) {
  for (const Node* item : list.items()) {
    if (index.find(*item) != ListIndex::kNone) continue;
    index.add(item);
    out.push_back(item);
  }
}

const Node* StrategicMerger::list(View original, View patch, const ListMeta& meta, bool deletes) {
  if (original.size() == 0 && patch.size() == 0) return original.node();
  Kind kind;
  if (!element_kind(original, patch, kind)) return nullptr;
  Items server(original.items().begin(), original.items().end()), changes(patch.items().begin(), patch.items().end());
  Items merged;
  if (kind != Kind::Map) {
    if (deletes) return make_.at(original).list(without(original, patch));
    ListIndex index("");
    append_new(merged, index, original);
    append_new(merged, index, patch);
  } else {
    if (meta.key.empty()) return fail(cat("cannot merge lists without merge key for ", meta.items && meta.items->type == SchemaType::Object ? "struct" : "string"));
    if (!special_elements(server, changes, meta.key)) return nullptr;
    merged = server;
    if (!merge_elements(merged, changes, meta)) return nullptr;
  }
  return in_order(merged, changes, server, meta.key, original);
}

// Items that carry "$patch": deletions work on the original, "replace" makes the rest of the patch the whole list.
bool StrategicMerger::special_elements(Items& original, Items& patch, std::string_view key) {
  Items plain, deletions;
  bool replaces = false;
  for (const Node* item : patch) {
    const View directive = View(item)["$patch"];
    if (!directive) {
      plain.push_back(item);
    } else if (directive.text() == "delete") {
      if (!has_key(item, key)) return false;
      deletions.push_back(item);
    } else if (directive.text() == "replace") {
      replaces = true;
    } else {
      return fail(directive.text() == "merge" ? "merging lists cannot yet be specified in the patch"
                                               : cat("unknown patch type: ", go_text_of(directive, 's'), " in map: ", go_text_of(item))),
             false;
    }
  }
  const ListIndex gone(deletions, key);
  if (!deletions.empty()) std::erase_if(original, [&](const Node* item) { return gone.find_like(item) != ListIndex::kNone; });
  patch = std::move(plain);
  if (replaces) original = std::exchange(patch, {});
  return true;
}

bool StrategicMerger::merge_elements(Items& merged, const Items& patch, const ListMeta& meta) {
  ListIndex index(merged, meta.key);
  for (const Node* item : patch) {
    if (!has_key(item, meta.key)) return false;
    const size_t found = index.find_like(item);
    if (found == ListIndex::kNone) {
      merged.push_back(item);
      index.add(item);
      continue;
    }
    const Node* element = map(merged[found], item, meta.items);
    if (!element) return false;
    merged[found] = element;
  }
  return true;
}

struct Positioned {
  const Node* item;
  size_t by_patch, by_server;
  bool leaked;  // carries a deletion that nobody carried out: goes last
};

static void sort_by(std::vector<Positioned>& items, size_t Positioned::*position) {
  std::stable_sort(items.begin(), items.end(), [&](const Positioned& a, const Positioned& b) {
    return a.leaked != b.leaked ? b.leaked : !a.leaked && a.*position < b.*position;
  });
}

// Items of the patch in its order, the others in the server's; where both are known to the server, its order decides between the two.
const Node* StrategicMerger::in_order(const Items& merged, const Items& patch, const Items& server, std::string_view key, View place) {
  const ListIndex patch_index(patch, key), server_index(server, key);
  std::vector<Positioned> from_patch, server_only;
  for (const Node* item : merged) {
    if (!has_key(item, key)) return nullptr;
    const Positioned positioned{item, patch_index.find_like(item), server_index.find_like(item), View(item)["$patch"].text() == "delete"};
    (positioned.by_patch == ListIndex::kNone ? server_only : from_patch).push_back(positioned);
  }
  sort_by(from_patch, &Positioned::by_patch);
  sort_by(server_only, &Positioned::by_server);
  Items out;
  out.reserve(merged.size());
  auto own = server_only.begin();
  for (const Positioned& next : from_patch) {
    for (; own != server_only.end() && next.by_server != ListIndex::kNone && own->by_server < next.by_server; ++own) out.push_back(own->item);
    out.push_back(next.item);
  }
  for (; own != server_only.end(); ++own) out.push_back(own->item);
  const auto same = place.items();
  return std::equal(out.begin(), out.end(), same.begin(), same.end()) ? place.node() : make_.at(place).list(out);
}

}  // namespace isvcc
