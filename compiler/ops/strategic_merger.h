#pragma once
// The walk behind strategic_merge(): one call, one Merger. Internal to ops/strategic_merge*.cpp.
#include <optional>
#include <string>
#include <vector>

#include "ops/field_map.h"
#include "schema/schema.h"

namespace isvcc {

class StrategicMerger {
 public:
  explicit StrategicMerger(Arena& arena) : make_(arena) {}

  // Null when `error` is set. An absent or null original counts as an empty map.
  const Node* map(View original, View patch, const Schema* schema);

  std::string error;

 private:
  using Items = std::vector<const Node*>;
  // How a list field merges.
  struct ListMeta {
    const Schema* items = nullptr;
    bool merges = false;
    std::string_view key;
  };

  // Maps (strategic_merge.cpp).
  std::nullptr_t fail(std::string text);
  const Node* whole_map_directive(View directive, View patch);
  bool field(FieldMap& out, const Field& patch, const Schema* schema);
  bool present_field(FieldMap& out, std::string_view key, View before, View patch, bool deletes, const Schema* schema);
  const Node* list_field(View before, View patch, std::string_view key, bool deletes, const Schema* schema);
  const Node* without_nulls(View value) const;
  const Node* without_directives(View value) const;
  const Node* fresh(View value) const;
  const Property* property(const Schema* schema, std::string_view key);
  bool lookup_list(const Schema* schema, std::string_view key, ListMeta& meta);

  // Directives of a map (strategic_merge_directives.cpp).
  bool retain_keys(FieldMap& out, FieldMap& patch);
  bool set_element_orders(FieldMap& out, FieldMap& patch, View written, const Schema* schema);
  bool set_element_order(FieldMap& out, FieldMap& patch, std::string_view key, View order, const Schema* schema);
  bool order_fits(View patch_list, View order, std::string_view merge_key);

  // Lists (strategic_merge_list.cpp).
  const Node* list(View original, View patch, const ListMeta& meta, bool deletes);
  bool has_key(View item, std::string_view key);
  bool element_kind(View original, View patch, Kind& kind);
  bool special_elements(Items& original, Items& patch, std::string_view key);
  bool merge_elements(Items& merged, const Items& patch, const ListMeta& meta);
  const Node* in_order(const Items& merged, const Items& patch, const Items& server, std::string_view key, View place);

  Make make_;
};

// Values in Go's error texts: map[a:1 b:[x]].
std::string go_text_of(View value, char32_t verb = 'v');
// reflect's name of a decoded JSON value: "string", "int64", "map[string]interface {}".
std::string_view go_json_type(View value);

}  // namespace isvcc
