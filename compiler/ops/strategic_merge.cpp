#include "ops/strategic_merge.h"

#include <utility>

#include "base/text.h"
#include "ops/gotemplate/format.h"
#include "ops/strategic_merger.h"

namespace isvcc {

static constexpr std::string_view kDirective = "$patch", kDeletePrefix = "$deleteFromPrimitiveList";
static constexpr size_t kMaxShown = 64 * 1024;

std::string go_text_of(View value, char32_t verb) {
  const gotemplate::GoValue shown = value.is_null() ? gotemplate::GoValue() : gotemplate::GoValue::guess(value);
  std::string text = gotemplate::format_value(shown, verb);
  if (text.size() > kMaxShown) text.resize(kMaxShown);
  return text;
}

std::string_view go_json_type(View value) {
  if (!value) return "%!s(<nil>)";
  switch (value.node()->kind) {
    case Kind::Bool: return "bool";
    case Kind::Int: return "int64";
    case Kind::Uint:
    case Kind::Float: return "float64";
    case Kind::String: return "string";
    case Kind::List: return "[]interface {}";
    case Kind::Map: return "map[string]interface {}";
    case Kind::Null: return "%!s(<nil>)";
  }
  return {};
}

std::nullptr_t StrategicMerger::fail(std::string text) {
  if (error.empty()) error = std::move(text);
  return nullptr;
}

static bool has_directives(View patch) {
  for (const Field& field : patch.fields())
    if (starts_with(field.key(), "$")) return true;
  return false;
}

const Node* StrategicMerger::map(View original, View patch, const Schema* schema) {
  if (const View directive = patch[kDirective]) return whole_map_directive(directive, patch);
  FieldMap out(original);
  if (!has_directives(patch)) {
    for (const Field& changed : patch.fields())
      if (!field(out, changed, schema)) return nullptr;
    return out.build(make_);
  }
  FieldMap rest(patch);
  if (!retain_keys(out, rest) || !set_element_orders(out, rest, patch, schema)) return nullptr;
  for (const Field& changed : patch.fields())
    if (rest.find(changed.key()) && !field(out, changed, schema)) return nullptr;
  return out.build(make_);
}

// "$patch" beside other keys: replace takes the patch as it is, delete leaves an empty map.
const Node* StrategicMerger::whole_map_directive(View directive, View patch) {
  if (directive.text() == "replace") return make_.at(patch).without(patch, kDirective);
  if (directive.text() == "delete") return make_.at(patch).map(std::vector<Entry>());
  return fail(cat("unknown patch type: ", go_text_of(directive, 's'), " in map: ", go_text_of(patch)));
}

// Go compares the types that JSON decodes into.
static bool same_type(View a, View b) {
  const auto kind = [](View value) { return value.is(Kind::Uint) ? Kind::Float : value.node()->kind; };
  return kind(a) == kind(b);
}

bool StrategicMerger::field(FieldMap& out, const Field& patch, const Schema* schema) {
  std::string_view key = patch.key();
  const bool deletes = starts_with(key, kDeletePrefix);
  if (deletes) {
    if (key.size() <= kDeletePrefix.size() || key[kDeletePrefix.size()] != '/') return fail("invalid patch format of primitive list"), false;
    key.remove_prefix(kDeletePrefix.size() + 1);
  }
  const View value = patch.value;
  if (value.is_null()) {
    out.erase(key);
    return true;
  }
  const View before = out.find(key);
  if (before && same_type(before, value)) return present_field(out, key, before, value, deletes, schema);
  if (deletes) return true;
  if (const Node* kept = fresh(value)) out.set(key, kept, patch.key_offset);
  else out.erase(key);
  return true;
}

bool StrategicMerger::present_field(FieldMap& out, std::string_view key, View before, View patch, bool deletes, const Schema* schema) {
  if (!patch.is_map() && !patch.is_list()) {
    out.set(key, patch.node());
    return true;
  }
  const Node* merged = nullptr;
  if (patch.is_map()) {
    const Property* known = property(schema, key);
    merged = known ? map(before, patch, known->schema) : nullptr;
  } else {
    merged = list_field(before, patch, key, deletes, schema);
  }
  if (!merged) return false;
  out.set(key, merged);
  return true;
}

const Node* StrategicMerger::list_field(View before, View patch, std::string_view key, bool deletes, const Schema* schema) {
  ListMeta meta;
  if (!lookup_list(schema, key, meta)) return nullptr;
  return meta.merges || deletes ? list(before, patch, meta, deletes) : patch.node();
}

// reflect's word for the kind of a type.
static std::string_view go_kind(const Schema* schema) {
  if (!schema) return "interface";
  switch (schema->type) {
    case SchemaType::Map: return "map";
    case SchemaType::List: return "slice";
    case SchemaType::String: return "string";
    case SchemaType::Integer: return "int32";
    case SchemaType::Boolean: return "bool";
    default: return "struct";
  }
}

static std::string_view go_name(const Schema* schema) {
  switch (schema->type) {
    case SchemaType::Quantity: return "Quantity";
    case SchemaType::IntOrString: return "IntOrString";
    default: return schema->name.empty() ? "RawExtension" : schema->name;
  }
}

// The field of a struct that is merged below; an error when there is none.
const Property* StrategicMerger::property(const Schema* schema, std::string_view key) {
  const std::string_view kind = go_kind(schema);
  if (kind != "struct") return fail(cat("merging an object in json but data type is not struct, instead is: ", kind));
  const Property* known = schema->property(key);
  if (!known) return fail(cat("unable to find api field in struct ", go_name(schema), " for the json field ", go_quote(key)));
  return known;
}

bool StrategicMerger::lookup_list(const Schema* schema, std::string_view key, ListMeta& meta) {
  const Property* known = property(schema, key);
  if (!known) return false;
  if (known->schema->type != SchemaType::List) return fail(cat("expected slice or array type, but got: ", go_kind(schema))), false;
  meta = {known->schema->items, known->merge != MergeStrategy::None, known->merge_key};
  return true;
}

// The value without nulls in maps, at any depth; nulls in lists stay.
const Node* StrategicMerger::without_nulls(View value) const {
  if (value.is_list()) {
    Items items(value.items().begin(), value.items().end());
    bool changed = false;
    for (const Node*& item : items) changed |= std::exchange(item, without_nulls(item)) != item;
    return changed ? make_.at(value).list(items) : value.node();
  }
  if (!value.is_map()) return value.node();
  FieldMap out(value);
  for (const Field& field : value.fields()) {
    if (View(field.value).is_null()) out.erase(field.key());
    else out.set(field.key(), without_nulls(field.value));
  }
  return out.build(make_);
}

// The value without maps that carry "$patch"; null when it is one itself.
const Node* StrategicMerger::without_directives(View value) const {
  if (value.is_list()) {
    Items items;
    bool changed = false;
    for (const Node* item : value.items()) {
      const Node* kept = without_directives(item);
      changed |= kept != item;
      if (kept) items.push_back(kept);
    }
    return changed ? make_.at(value).list(items) : value.node();
  }
  if (!value.is_map()) return value.node();
  if (value.field(kDirective)) return nullptr;
  FieldMap out(value);
  for (const Field& field : value.fields()) {
    if (const Node* kept = without_directives(field.value)) out.set(field.key(), kept);
    else out.erase(field.key());
  }
  return out.build(make_);
}

// What a patch value becomes where the original has nothing of its type.
const Node* StrategicMerger::fresh(View value) const {
  if (!value.is_map() && !value.is_list()) return value.node();
  return without_directives(without_nulls(value));
}

MergeResult strategic_merge(View original, View patch, const Schema& schema, Arena& arena) {
  const auto is_document = [](View value) { return !value || value.is_null() || value.is_map(); };
  if (!is_document(original) || !is_document(patch)) return {nullptr, "invalid JSON document"};
  StrategicMerger merger(arena);
  const Node* merged = merger.map(original, patch, &schema);
  return {merged, std::move(merger.error)};
}

}  // namespace isvcc
