// Defaults of a CRD schema, applied as the API server does it. Mirrors structural defaulting (apiextensions-apiserver).
#include "ops/map_edit.h"
#include "ops/schema_ops.h"

namespace isvcc {
namespace {

const Node* with_defaults(const Node* node, const Schema& schema, Arena& arena);

bool is_missing(const Field* field, const Schema& schema) {
  return !field || (field->value->kind == Kind::Null && !schema.nullable);
}

// A default never makes a parent: only the keys of maps that are there.
const Node* map_defaults(const Node& node, const Schema& schema, Arena& arena) {
  MapEdit edit(node, arena);
  for (const Field& field : View(&node).fields()) {
    const Property* property = schema.property(field.key());
    const Schema* child = property ? property->schema : schema.additional;
    if (child && child->has_defaults) edit.replace(with_defaults(field.value, *child, arena));
    else edit.keep();
  }
  for (const Property& property : schema.properties)
    if (property.default_value && is_missing(View(&node).field(property.name), *property.schema))
      edit.set(property.name, with_defaults(property.default_value, *property.schema, arena));
  return edit.done();
}

const Node* list_defaults(const Node& node, const Schema& items, Arena& arena) {
  ListEdit edit(node, arena);
  for (size_t i = 0; i < node.size; ++i) edit.replace(with_defaults(node.items[i], items, arena));
  return edit.done();
}

const Node* with_defaults(const Node* node, const Schema& schema, Arena& arena) {
  if (!schema.has_defaults) return node;
  if (node->kind == Kind::Map) return map_defaults(*node, schema, arena);
  if (node->kind == Kind::List && schema.items) return list_defaults(*node, *schema.items, arena);
  return node;
}

}  // namespace

const Node* apply_defaults(View object, const Schema& schema, Scratch& scratch) {
  return object ? with_defaults(object.node(), schema, scratch.arena) : nullptr;
}

}  // namespace isvcc
