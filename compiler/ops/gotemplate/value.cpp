#include "ops/gotemplate/value.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace isvcc::gotemplate {

struct FieldType {
  std::string_view name, type;
};
// The struct types with known fields. Others have the fields their Map has.
static constexpr std::array<FieldType, 15> kObjectMeta = {{{"Name", "string"},
                                                           {"GenerateName", "string"},
                                                           {"Namespace", "string"},
                                                           {"SelfLink", "string"},
                                                           {"UID", "types.UID"},
                                                           {"ResourceVersion", "string"},
                                                           {"Generation", "int64"},
                                                           {"CreationTimestamp", "v1.Time"},
                                                           {"DeletionTimestamp", "*v1.Time"},
                                                           {"DeletionGracePeriodSeconds", "*int64"},
                                                           {"Labels", "map[string]string"},
                                                           {"Annotations", "map[string]string"},
                                                           {"OwnerReferences", "[]v1.OwnerReference"},
                                                           {"Finalizers", "[]string"},
                                                           {"ManagedFields", "[]v1.ManagedFieldsEntry"}}};
static constexpr std::array<FieldType, 6> kOwnerReference = {{{"APIVersion", "string"},
                                                              {"Kind", "string"},
                                                              {"Name", "string"},
                                                              {"UID", "types.UID"},
                                                              {"Controller", "*bool"},
                                                              {"BlockOwnerDeletion", "*bool"}}};
static constexpr std::array<FieldType, 5> kManagedFields = {{{"Manager", "string"},
                                                             {"Operation", "v1.ManagedFieldsOperationType"},
                                                             {"APIVersion", "string"},
                                                             {"Time", "*v1.Time"},
                                                             {"FieldsType", "string"}}};

static std::span<const FieldType> known_fields(std::string_view type) {
  if (type == "v1.ObjectMeta") return kObjectMeta;
  if (type == "v1.OwnerReference") return kOwnerReference;
  if (type == "v1.ManagedFieldsEntry") return kManagedFields;
  return {};
}

GoValue GoValue::missing() {
  GoValue value;
  value.kind = GoKind::Missing;
  return value;
}

GoValue GoValue::boolean(bool b) {
  GoValue value;
  value.kind = GoKind::Bool;
  value.type = "bool";
  value.b = b;
  return value;
}

GoValue GoValue::integer(int64_t i, std::string_view type) {
  GoValue value;
  value.kind = GoKind::Int;
  value.type = type;
  value.i = i;
  return value;
}

GoValue GoValue::byte(uint8_t u) {
  GoValue value;
  value.kind = GoKind::Uint;
  value.type = "uint8";
  value.u = u;
  return value;
}

GoValue GoValue::real(double d) {
  GoValue value;
  value.kind = GoKind::Float;
  value.type = "float64";
  value.d = d;
  return value;
}

GoValue GoValue::string(std::string_view text, std::string_view type) {
  GoValue value;
  value.kind = GoKind::String;
  value.type = type;
  value.text = text;
  return value;
}

GoValue GoValue::structure(View fields, std::string_view type) {
  GoValue value;
  value.kind = GoKind::Struct;
  value.type = type;
  value.node = fields.node();
  return value;
}

static GoValue container(GoKind kind, View node, std::string_view type, bool fits) {
  GoValue value;
  value.kind = kind;
  value.type = type;
  value.nil = !fits;
  value.node = fits ? node.node() : nullptr;
  value.end = fits ? static_cast<uint32_t>(node.size()) : 0;
  return value;
}

GoValue GoValue::of(View node, std::string_view type) {
  if (type == "interface {}") return node && !node.is_null() ? guess(node) : GoValue();
  if (starts_with(type, "map[")) return container(GoKind::Map, node, type, node.is_map());
  if (starts_with(type, "[]")) return container(GoKind::Slice, node, type, node.is_list());
  if (starts_with(type, "*")) return container(GoKind::Pointer, node, type, node && !node.is_null());
  if (type == "bool") return boolean(node.is_true());
  if (type == "int64" || type == "int32" || type == "int") return integer(node.integer().value_or(0), type);
  if (type == "float64") return real(node.is(Kind::Float) ? node.node()->d : static_cast<double>(node.integer().value_or(0)));
  if (type == "v1.Time" || !known_fields(type).empty()) return structure(node, type);
  return string(node.text(), type);
}

static bool all_texts(View container) {
  if (container.is_map()) {
    const auto fields = container.fields();
    return std::all_of(fields.begin(), fields.end(), [](const Field& field) { return View(field.value).is_text(); });
  }
  const auto items = container.items();
  return std::all_of(items.begin(), items.end(), [](const Node* item) { return View(item).is_text(); });
}

GoValue GoValue::guess(View node) {
  if (!node) return {};
  switch (node.node()->kind) {
    case Kind::Null: return container(GoKind::Pointer, {}, "*string", false);
    case Kind::Bool: return boolean(node.is_true());
    case Kind::Int: return integer(node.node()->i, "int64");
    case Kind::Uint:
    case Kind::Float: return of(node, "float64");
    case Kind::String: return string(node.text());
    case Kind::List: return of(node, all_texts(node) ? "[]string" : "[]interface {}");
    case Kind::Map: return of(node, all_texts(node) ? "map[string]string" : "map[string]interface {}");
  }
  return {};
}

size_t GoValue::size() const {
  switch (kind) {
    case GoKind::String: return text.size();
    case GoKind::Slice: return end - begin;
    case GoKind::Map: return View(node).size();
    default: return 0;
  }
}

bool is_true(const GoValue& value) {
  switch (value.kind) {
    case GoKind::Bool: return value.b;
    case GoKind::Int: return value.i != 0;
    case GoKind::Uint: return value.u != 0;
    case GoKind::Float: return value.d != 0;
    case GoKind::String:
    case GoKind::Slice:
    case GoKind::Map: return value.size() > 0;
    case GoKind::Struct: return true;
    case GoKind::Pointer: return !value.nil;
    case GoKind::Missing:
    case GoKind::Invalid: return false;
  }
  return false;
}

GoValue indirect(const GoValue& value) {
  if (value.kind != GoKind::Pointer || value.nil) return value;
  return GoValue::of(value.node, value.type.substr(1));
}

bool is_nil(const GoValue& value) { return !value.valid() || value.nil; }

bool is_time(const GoValue& value) { return value.kind == GoKind::Struct && (value.type == "v1.Time" || value.type == "time.Time"); }

// RFC 3339 as the API server writes it → time.Time's String.
std::string time_text(const GoValue& time) {
  const std::string_view text = View(time.node).text();
  if (text.size() < 20 || text[10] != 'T') return "0001-01-01 00:00:00 +0000 UTC";
  return cat(text.substr(0, 10), ' ', text.substr(11, 8), " +0000 UTC");
}

std::string time_source(const GoValue& time) {
  static constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                               "July",    "August",   "September", "October", "November", "December"};
  const std::string text = time_text(time);
  const auto number = [&](size_t at, size_t length) { return parse_int(std::string_view(text).substr(at, length)).value_or(1); };
  const auto month = static_cast<size_t>(std::clamp<int64_t>(number(5, 2), 1, 12) - 1);
  return cat("time.Date(", number(0, 4), ", time.", kMonths[month], ", ", number(8, 2), ", ", number(11, 2), ", ", number(14, 2), ", ",
             number(17, 2), ", 0, time.UTC)");
}

static std::string_view field_type(std::string_view struct_type, std::string_view field) {
  for (const FieldType& known : known_fields(struct_type))
    if (known.name == field) return known.type;
  return {};
}

std::optional<GoValue> struct_field(const GoValue& value, std::string_view field) {
  if (is_time(value)) return field == "Time" ? std::optional(GoValue::structure(value.node, "time.Time")) : std::nullopt;
  const View found = View(value.node)[field];
  if (known_fields(value.type).empty()) return found ? std::optional(GoValue::guess(found)) : std::nullopt;
  const std::string_view type = field_type(value.type, field);
  return type.empty() ? std::nullopt : std::optional(GoValue::of(found, type));
}

std::vector<NamedValue> struct_fields(const GoValue& value) {
  std::vector<NamedValue> out;
  for (const FieldType& known : known_fields(value.type)) out.push_back({known.name, GoValue::of(View(value.node)[known.name], known.type)});
  if (out.empty())
    for (const Field& field : View(value.node).fields()) out.push_back({field.key(), GoValue::guess(field.value)});
  return out;
}

std::string_view element_type(const GoValue& container) { return container.type.substr(container.type.find(']') + 1); }

GoValue slice_item(const GoValue& slice, size_t i) { return GoValue::of(View(slice.node).item(slice.begin + i), element_type(slice)); }

std::optional<GoValue> map_entry(const GoValue& map, std::string_view key) {
  const View found = View(map.node)[key];
  if (!found) return std::nullopt;
  return GoValue::of(found, element_type(map));
}

std::vector<NamedValue> map_entries(const GoValue& map) {
  std::vector<NamedValue> out;
  for (const Field& field : View(map.node).fields()) out.push_back({field.key(), GoValue::of(field.value, element_type(map))});
  std::sort(out.begin(), out.end(), [](const NamedValue& a, const NamedValue& b) { return a.name < b.name; });
  return out;
}

GoValue zero_element(const GoValue& map) { return GoValue::of({}, element_type(map)); }

}  // namespace isvcc::gotemplate
