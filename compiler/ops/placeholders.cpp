#include "ops/placeholders.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ops/go_json.h"
#include "ops/go_json_reader.h"
#include "ops/go_order.h"
#include "ops/gotemplate.h"
#include "ops/schema_ops.h"

namespace isvcc {

struct Name {
  std::string_view go, json;
};
static constexpr std::array<Name, 13> kObjectMeta = {{{"Name", "name"},
                                                      {"GenerateName", "generateName"},
                                                      {"Namespace", "namespace"},
                                                      {"SelfLink", "selfLink"},
                                                      {"UID", "uid"},
                                                      {"ResourceVersion", "resourceVersion"},
                                                      {"Generation", "generation"},
                                                      {"CreationTimestamp", "creationTimestamp"},
                                                      {"DeletionTimestamp", "deletionTimestamp"},
                                                      {"DeletionGracePeriodSeconds", "deletionGracePeriodSeconds"},
                                                      {"Labels", "labels"},
                                                      {"Annotations", "annotations"},
                                                      {"Finalizers", "finalizers"}}};
static constexpr std::array<Name, 6> kOwnerReference = {{{"APIVersion", "apiVersion"},
                                                         {"Kind", "kind"},
                                                         {"Name", "name"},
                                                         {"UID", "uid"},
                                                         {"Controller", "controller"},
                                                         {"BlockOwnerDeletion", "blockOwnerDeletion"}}};

template <size_t N>
static std::vector<Entry> renamed(View value, const std::array<Name, N>& names) {
  std::vector<Entry> entries;
  for (const Name& name : names) entries.push_back({name.go, value[name.json].node()});
  return entries;
}

const Node* object_meta_fields(View object_meta, Arena& arena) {
  const Make make(arena);
  std::vector<Entry> entries = renamed(object_meta, kObjectMeta);
  std::vector<const Node*> owners;
  for (const Node* owner : object_meta["ownerReferences"].items()) owners.push_back(make.map(renamed(View(owner), kOwnerReference)));
  if (!owners.empty()) entries.push_back({"OwnerReferences", make.list(owners)});
  return make.map(entries);
}

bool has_placeholder(View value) {
  if (value.is_text()) return contains(value.text(), "{{");
  const auto items = value.items();
  const auto fields = value.fields();
  return std::any_of(items.begin(), items.end(), [](const Node* item) { return has_placeholder(item); }) ||
         std::any_of(fields.begin(), fields.end(), [](const Field& field) { return contains(field.key(), "{{") || has_placeholder(field.value); });
}

// What json.Unmarshal leaves of a value it reads over: maps and structs keep keys that are not there, list items keep their old fields,
// too. Texts that stay equal keep their place in the source; new ones point to where the old text was written.
static const Node* read_over(View old, const Node* read, const Make& make);

static const Node* read_over_map(View old, View read, const Make& make) {
  MapBuilder builder(make.at(old), old);
  for (const Field& field : read.fields()) {
    const View before = builder.get(field.key());
    builder.set(field.key(), View(field.value).is_null() && !before.is_null() ? nullptr : read_over(before, field.value, make));
  }
  return builder.build();
}

static const Node* read_over_list(View old, View read, const Make& make) {
  std::vector<const Node*> items;
  items.reserve(read.size());
  for (size_t i = 0; i < read.size(); ++i) items.push_back(read_over(old.item(i), read.items()[i], make));
  return make.at(old).list(items);
}

static const Node* read_over(View old, const Node* read, const Make& make) {
  if (!old) return read;
  if (old.is_map() && read->kind == Kind::Map) return read_over_map(old, read, make);
  if (old.is_list() && read->kind == Kind::List) return read_over_list(old, read, make);
  if (equal(old, read)) return old.node();
  Node moved = *read;
  moved.origin = old.node()->origin;
  moved.length = old.node()->length;
  return make.copy(moved);
}

static MergeResult encoded_again(const Node* container, const Schema& schema, Arena& arena) {
  Diagnostics diags;
  Scratch scratch{arena, diags};
  const Node* encoded = reencode(container, schema, ZeroValues::Drop, scratch);
  if (encoded) return {encoded, {}};
  return {nullptr, diags.all().empty() ? "json: cannot unmarshal container" : diags.all().front().upstream};
}

MergeResult replace_placeholders(View container, View object_meta, const Schema& container_schema, Arena& arena) {
  if (!has_placeholder(container)) return {container.node(), {}};
  const std::string text = go_json(in_go_order(container, container_schema, arena));
  const Node* fields = object_meta_fields(object_meta, arena);
  TemplateResult result = run_template("container-tmpl", text, {fields, "v1.ObjectMeta"}, Escaping::Html);
  if (!result.error.empty()) return {nullptr, std::move(result.error), result.limit};
  std::string error;
  const Node* read = read_go_json(result.text, arena, error);
  if (!read) return {nullptr, std::move(error)};
  return encoded_again(read_over(container, read, Make(arena)), container_schema, arena);
}

}  // namespace isvcc
