#include "ops/placeholders.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ops/go_json.h"
#include "ops/go_json_reader.h"
#include "ops/go_order.h"
#include "ops/gotemplate.h"
#include "ops/map_edit.h"
#include "ops/schema_ops.h"

namespace isvcc {

static constexpr std::string_view kTemplateName = "container-tmpl";

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
  entries.reserve(N + 1);
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
  std::string error;
  const Node* encoded = reencode(container, schema, arena, error);
  return {encoded, std::move(error)};
}

// Text by text, which gives the same as the whole as long as every text is a template of its own and its output the inside of a JSON
// string. Otherwise nothing, and the whole must run: also for the exact error.
class TextByText {
 public:
  TextByText(const TemplateData& data, Arena& arena) : data_(data), arena_(arena), make_(arena) {}

  const Node* value(View value) {
    if (value.is_text()) return contains(value.text(), "{{") ? text(value) : value.node();
    if (value.is_list()) return list(value);
    return value.is_map() ? map(value) : value.node();
  }

 private:
  // Each text has its own limit of steps, so there may not be many.
  static constexpr int kMostTexts = 100;

  const Node* text(View old) {
    if (++texts_ > kMostTexts) return nullptr;
    std::string json;
    append_go_json_text(json, old.text());
    const std::string_view inside = std::string_view(json).substr(1, json.size() - 2);
    const std::optional<std::string> output = run_template_piece(kTemplateName, inside, data_, Escaping::Html);
    if (!output) return nullptr;
    std::string error;
    const Node* read = read_go_json(cat('"', *output, '"'), arena_, error);
    return read && read->kind == Kind::String ? read_over(old, read, make_) : nullptr;
  }

  const Node* list(View old) {
    ListEdit edit(*old.node(), arena_);
    for (const Node* item : old.items()) {
      const Node* replaced = value(item);
      if (!replaced) return nullptr;
      edit.replace(replaced);
    }
    return edit.done();
  }

  const Node* map(View old) {
    MapEdit edit(*old.node(), arena_);
    for (const Field& field : old.fields()) {
      const Node* replaced = contains(field.key(), "{{") ? nullptr : value(field.value);
      if (!replaced) return nullptr;
      edit.replace(replaced);
    }
    return edit.done();
  }

  const TemplateData& data_;
  Arena& arena_;
  Make make_;
  int texts_ = 0;
};

// All of it, as KServe does it.
static MergeResult replace_in_whole(View container, const TemplateData& data, const Schema& schema, Arena& arena) {
  const std::string text = go_json(in_go_order(container, schema, arena));
  TemplateResult result = run_template(kTemplateName, text, data, Escaping::Html);
  if (!result.error.empty()) return {nullptr, std::move(result.error), result.limit};
  std::string error;
  const Node* read = read_go_json(result.text, arena, error);
  if (!read) return {nullptr, std::move(error)};
  return encoded_again(read_over(container, read, Make(arena)), schema, arena);
}

MergeResult replace_placeholders(View container, View object_meta, const Schema& container_schema, Arena& arena) {
  if (!has_placeholder(container)) return {container.node(), {}};
  const TemplateData data{object_meta_fields(object_meta, arena), "v1.ObjectMeta"};
  if (const Node* replaced = TextByText(data, arena).value(container)) return encoded_again(replaced, container_schema, arena);
  return replace_in_whole(container, data, container_schema, arena);
}

}  // namespace isvcc
