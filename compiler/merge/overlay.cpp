#include "merge/overlay.h"

namespace isvcc {

static bool is_zero(View value) {
  if (!value || value.is_null()) return true;
  if (value.is_text() || value.is_list() || value.is_map()) return value.size() == 0;
  if (value.boolean()) return !value.is_true();
  return value.is(Kind::Int) && value.integer() == 0;
}

static const Node* overlay_value(View base, View over, const Schema* schema, Arena& arena);

static const Node* overlay_fields(View base, View over, const Schema* schema, Arena& arena) {
  MapBuilder out(Make(arena, over.node()->origin), base);
  for (const Field& f : over.fields()) {
    const Property* property = schema ? schema->property(f.key()) : nullptr;
    out.set(f.key(), overlay_value(base[f.key()], f.value, property ? property->schema : nullptr, arena));
  }
  return out.build();
}

static const Node* overlay_value(View base, View over, const Schema* schema, Arena& arena) {
  if (!base) return over.node();
  if (schema && schema->type == SchemaType::Map) return Make(arena).overlay({base, over});
  if (over.is_map() && base.is_map()) return overlay_fields(base, over, schema, arena);
  if (is_zero(over)) return base.node();
  if (base.is_text() && over.is(Kind::Int)) return base.node();
  return over.node();
}

const Node* overlay_struct(View base, View over, const Schema& schema, Arena& arena) {
  if (!over.is_map()) return base.node();
  return overlay_fields(base, over, &schema, arena);
}

}  // namespace isvcc
