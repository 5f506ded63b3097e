// $retainKeys and $setElementOrder: directives of a patch about the map or list they stand beside.
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "ops/list_index.h"
#include "ops/strategic_merger.h"

namespace isvcc {

static constexpr std::string_view kRetainKeys = "$retainKeys", kOrderPrefix = "$setElementOrder", kDeletePrefix = "$deleteFromPrimitiveList";

// Everything that is not listed goes; the patch may set only what is listed.
bool StrategicMerger::retain_keys(FieldMap& out, FieldMap& patch) {
  const View keys = patch.find(kRetainKeys);
  if (!keys) return true;
  patch.erase(kRetainKeys);
  std::unordered_set<std::string_view> retained;
  for (const Node* key : keys.items())
    if (View(key).is_text()) retained.insert(View(key).text());
  bool fits = keys.is_list();
  patch.each([&](std::string_view key, View value) {
    fits &= value.is_null() || starts_with(key, kDeletePrefix) || starts_with(key, kOrderPrefix) || retained.contains(key);
  });
  if (!fits) return fail("invalid patch format of retainKeys"), false;
  out.keep_only([&](std::string_view key) { return retained.contains(key); });
  return true;
}

bool StrategicMerger::set_element_orders(FieldMap& out, FieldMap& patch, View written, const Schema* schema) {
  for (const Field& field : written.fields()) {
    if (!starts_with(field.key(), kOrderPrefix) || !patch.find(field.key())) continue;
    patch.erase(field.key());
    if (!set_element_order(out, patch, field.key(), field.value, schema)) return false;
  }
  return true;
}

bool StrategicMerger::set_element_order(FieldMap& out, FieldMap& patch, std::string_view key, View order, const Schema* schema) {
  const auto needs_list = [&](View value) {
    if (!value || value.is_list()) return true;
    return fail(cat("expected a []interface {}, but received a ", go_json_type(value))), false;
  };
  if (!order.is_list()) return needs_list(order);
  if (key.size() <= kOrderPrefix.size() || key[kOrderPrefix.size()] != '/') return fail("invalid patch format of setElementOrder list"), false;
  key.remove_prefix(kOrderPrefix.size() + 1);
  const View before = out.find(key), changes = patch.find(key);
  ListMeta meta;
  if (!needs_list(before) || !needs_list(changes) || !lookup_list(schema, key, meta) || !order_fits(changes, order, meta.key)) return false;
  if (!before && !changes) return true;
  const Node* merged = before.node();
  if (before && changes) merged = list_field(before, changes, key, false, schema);
  else if (changes) merged = without_directives(changes);
  if (!merged) return false;
  const Items server(before.items().begin(), before.items().end()), wanted(order.items().begin(), order.items().end());
  const Items items(View(merged).items().begin(), View(merged).items().end());
  const Node* ordered = in_order(items, wanted, server, meta.key, before ? before : changes);
  Kind kind;
  if (!ordered || !element_kind(before, changes, kind)) return false;
  out.set(key, ordered);
  patch.erase(key);
  return true;
}

// The items of the patch must appear in the order list, in the same relative order; deletions do not count.
bool StrategicMerger::order_fits(View patch_list, View order, std::string_view merge_key) {
  if (patch_list.size() == 0 || order.size() == 0) return true;
  Items items;
  for (const Node* item : patch_list.items()) {
    if (!merge_key.empty() && !View(item).is_map()) return has_key(item, merge_key);
    if (View(item)["$patch"].text() != "delete") items.push_back(item);
  }
  const ListIndex keys(merge_key);
  size_t at = 0, ordered = 0;
  while (at < items.size() && ordered < order.size()) {
    if (View(items[at]).field("$patch")) {
      ++at;
      continue;
    }
    const Node* other = order.items()[ordered++];
    if (!has_key(items[at], merge_key) || !has_key(other, merge_key)) return false;
    if (same_scalar(*keys.scalar_of(items[at]), *keys.scalar_of(other))) ++at;
  }
  if (at == items.size()) return true;
  return fail(cat("The order in patch list:\n", go_text_of(patch_list), "\n doesn't match $setElementOrder list:\n", go_text_of(order), "\n")), false;
}

}  // namespace isvcc
