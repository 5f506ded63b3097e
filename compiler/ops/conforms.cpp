// The same question as prune() and validate() without their answers' detail: does nothing in the object offend its schema?
// Every rendered object is asked, so the walk builds no path and no text.
#include <algorithm>

#include "ops/combinations.h"
#include "ops/fits.h"
#include "ops/formats.h"
#include "ops/schema_ops.h"

namespace isvcc {
namespace {

bool value_conforms(View node, const Schema& schema);

bool child_conforms(View node, const Schema& schema) { return fits::is_free_text(node, schema) || value_conforms(node, schema); }

bool text_conforms(View node, const Schema& schema) {
  const std::string_view text = node.text();
  return fits::length(text, schema) && fits::pattern(text, schema) && (schema.format.empty() || matches_format(schema.format, text));
}

bool count_conforms(View node, int64_t least, int64_t most) {
  const auto count = static_cast<int64_t>(node.size());
  return count >= least && (most < 0 || count <= most);
}

// Longer lists are left to validate(), which has a table for them: false only means "look closer".
bool list_conforms(View node, const Schema& schema) {
  if (!count_conforms(node, schema.min_items, schema.max_items)) return false;
  if (schema.items)
    for (const Node* item : node.items())
      if (!child_conforms(item, *schema.items)) return false;
  return schema.list_type == ListType::Atomic || schema.type != SchemaType::List || (node.size() <= fits::kFewItems && fits::all_differ(node, schema));
}

bool is_type_meta(std::string_view key) { return key == "apiVersion" || key == "kind" || key == "metadata"; }

bool map_conforms(View node, const Schema& schema) {
  if (!count_conforms(node, schema.min_properties, schema.max_properties)) return false;
  size_t required = 0;
  for (const Field& field : node.fields()) {
    if (const Property* property = schema.property(field.key())) {
      if (!child_conforms(field.value, *property->schema)) return false;
      required += property->required;
    } else if (schema.additional) {
      if (!child_conforms(field.value, *schema.additional)) return false;
    } else if (!schema.preserve_unknown && !(schema.embedded_resource && is_type_meta(field.key()))) {
      return false;
    }
  }
  return required == schema.required_count && !schema.embedded_resource;
}

bool value_conforms(View node, const Schema& schema) {
  if (node.is_null()) return schema.nullable || schema.type == SchemaType::Any;
  if (!fits::type(node, schema)) return false;
  if (!schema.enumeration.empty() && !fits::enumeration(node, schema)) return false;
  for (const Combination& combination : schema.combinations)
    if (!combination_holds(combination, fitting_parts(node, combination))) return false;
  switch (node.node()->kind) {
    case Kind::String: return text_conforms(node, schema);
    case Kind::List: return list_conforms(node, schema);
    case Kind::Map: return map_conforms(node, schema);
    case Kind::Bool: return true;
    default: return fits::integer_range(node, schema) && fits::bounds(node, schema) && fits::multiple(node, schema);
  }
}

}  // namespace

bool conforms(View object, const Schema& schema) { return value_conforms(object, schema); }

size_t fitting_parts(View value, const Combination& combination) {
  return static_cast<size_t>(std::count_if(combination.parts.begin(), combination.parts.end(), [&](const Schema* part) { return value_conforms(value, *part); }));
}

bool combination_holds(const Combination& combination, size_t fitting) {
  switch (combination.form) {
    case Combination::Form::All: return fitting == combination.parts.size();
    case Combination::Form::Any: return fitting > 0;
    case Combination::Form::One: return fitting == 1;
    default: return fitting == 0;
  }
}

}  // namespace isvcc
