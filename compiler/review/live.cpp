#include "review/live.h"

#include <algorithm>
#include <array>
#include <vector>

#include "ops/quantity.h"

namespace isvcc {
namespace {

struct Addition {
  std::string_view value;  // JSON; "*": any
  std::vector<std::string_view> keys;
};

const std::vector<Addition>& additions() {
  static const std::vector<Addition> rows = {
#define ADDED(value, ...) {value, {__VA_ARGS__}},
#include "review/live_additions.def"
#undef ADDED
  };
  return rows;
}

constexpr size_t kLongestValue = 400;  // of a default, as JSON

class Stripper {
 public:
  explicit Stripper(Arena& arena) : arena_(arena) {}

  const Node* value(View live, View rendered) {
    if (live.is_map()) return map(live, rendered);
    if (live.is_list()) return list(live, rendered);
    return live.node();
  }

 private:
  const Node* map(View live, View rendered) {
    const Make make = Make(arena_).at(live);
    std::vector<Entry> kept;
    for (const Field& f : live.fields()) {
      const View own = rendered[f.key()];
      keys_.push_back(f.key());
      if (own || !is_addition(f.value, live, rendered)) kept.push_back({f.key(), child(f, own)});
      keys_.pop_back();
    }
    return make.map(kept);
  }

  // A map of nothing but additions is one itself.
  const Node* child(const Field& f, View own) {
    if (ends_with({"ownerReferences", "uid"})) return own.node();
    const Node* stripped = value(f.value, own);
    const bool emptied = !own && View(stripped).is_map() && View(stripped).size() == 0 && View(f.value).size() > 0;
    return emptied ? nullptr : stripped;
  }

  const Node* list(View live, View rendered) {
    std::vector<const Node*> items;
    items.reserve(live.size());
    for (size_t i = 0; i < live.size(); ++i) items.push_back(value(live.item(i), mate(live.item(i), i, rendered)));
    return Make(arena_).at(live).list(items);
  }

  // The rendered item with the same key, else the one at the same place.
  static View mate(View item, size_t i, View rendered) {
    static constexpr std::array<std::string_view, 6> kKeys = {"name", "mountPath", "containerPort", "port", "type", "uid"};
    for (std::string_view key : kKeys) {
      if (!item[key]) continue;
      for (const Node* other : rendered.items())
        if (equal(View(other)[key], item[key])) return other;
      if (key == "name") return {};
    }
    return rendered.item(i);
  }

  bool ends_with(const std::vector<std::string_view>& keys) const {
    return keys.size() <= keys_.size() && std::equal(keys.rbegin(), keys.rend(), keys_.rbegin());
  }

  bool is_addition(View value, View live_parent, View rendered_parent) const {
    if (is_copy(value, live_parent, rendered_parent)) return true;
    return std::any_of(additions().begin(), additions().end(), [&](const Addition& a) {
      return ends_with(a.keys) && (a.value == "*" || a.value == brief(value, kLongestValue));
    });
  }

  // Values that the API server copies from a sibling.
  bool is_copy(View value, View live_parent, View rendered_parent) const {
    const std::string_view key = keys_.back();
    if (key == "serviceAccount") return equal(value, rendered_parent["serviceAccountName"]);
    if (key == "targetPort") return equal(value, live_parent["port"]);
    return false;
  }

  Arena& arena_;
  std::vector<std::string_view> keys_;
};

// Requests that are absent become the limits.
const Node* without_copied_requests(View live, View rendered, Make make) {
  if (live.is_list()) {
    std::vector<const Node*> items;
    for (size_t i = 0; i < live.size(); ++i) {
      const View name = live.item(i)["name"], mate = name ? rendered.named("name", name.text()) : rendered.item(i);
      items.push_back(without_copied_requests(live.item(i), mate, make));
    }
    return make.at(live).list(items);
  }
  if (!live.is_map() || !rendered) return live.node();
  MapBuilder out(make.at(live), live);
  for (const Field& f : live.fields())
    if (View(f.value).is_map() || View(f.value).is_list()) out.set(f.key(), without_copied_requests(f.value, rendered[f.key()], make));
  const View limits = live["limits"], requests = live["requests"], stated = rendered["requests"];
  if (!limits.is_map() || !requests.is_map()) return out.build();
  MapBuilder kept(make.at(requests));
  for (const Field& f : requests.fields())
    if (stated[f.key()] || !equal(f.value, limits[f.key()])) kept.set(f.key(), f.value);
  return out.set("requests", kept.build_or_null()).build();
}

}  // namespace

const Node* without_cluster_additions(View live, View rendered, Arena& arena) {
  return without_copied_requests(Stripper(arena).value(live, rendered), rendered, Make(arena));
}

}  // namespace isvcc
