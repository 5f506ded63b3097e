#include "ops/go_order.h"

#include <algorithm>
#include <limits>

#include "tree/make.h"

namespace isvcc {

static const Node* ordered_list(View list, const Schema& schema, Arena& arena) {
  std::vector<const Node*> items;
  items.reserve(list.size());
  for (const Node* item : list.items()) items.push_back(in_go_order(item, *schema.items, arena));
  return std::equal(items.begin(), items.end(), list.items().begin()) ? list.node() : Make(arena).at(list).list(items);
}

struct Placed {
  Field field;
  uint32_t position;
};

static Placed placed(Field field, const Schema& schema, Arena& arena) {
  const Property* property = schema.property(field.key());
  const Schema* inner = property ? property->schema : schema.additional;
  if (inner) field.value = in_go_order(field.value, *inner, arena);
  return {field, property ? property->position : std::numeric_limits<uint32_t>::max()};
}

const Node* in_go_order(View value, const Schema& schema, Arena& arena) {
  if (value.is_list()) return schema.items ? ordered_list(value, schema, arena) : value.node();
  if (!value.is_map()) return value.node();
  std::vector<Placed> fields;
  fields.reserve(value.size());
  bool changed = false;
  for (const Field& field : value.fields()) {
    fields.push_back(placed(field, schema, arena));
    changed |= fields.back().field.value != field.value;
  }
  const auto before = [](const Placed& a, const Placed& b) {
    return a.position != b.position ? a.position < b.position : a.field.key() < b.field.key();
  };
  if (!changed && std::is_sorted(fields.begin(), fields.end(), before)) return value.node();
  std::stable_sort(fields.begin(), fields.end(), before);
  std::vector<Field> out;
  out.reserve(fields.size());
  for (const Placed& entry : fields) out.push_back(entry.field);
  return Make(arena).at(value).fields(out);
}

}  // namespace isvcc
