#include "review/diff/compare.h"

#include <algorithm>

#include "base/text.h"
#include "diag/diagnostic.h"
#include "ops/quantity.h"
#include "review/diff/arguments.h"
#include "review/diff/list_pairs.h"
#include "review/diff/renames.h"
#include "tree/make.h"

namespace isvcc::diff {

std::string_view op_name(Op op) {
  constexpr std::string_view kNames[] = {"added", "removed", "changed", "renamed", "reordered", "respelled"};
  return kNames[static_cast<size_t>(op)];
}

namespace {

// Written by the cluster, never by an author.
constexpr std::string_view kServerFields[] = {"status",
                                              "metadata.managedFields",
                                              "metadata.resourceVersion",
                                              "metadata.uid",
                                              "metadata.generation",
                                              "metadata.creationTimestamp",
                                              "metadata.selfLink",
                                              "metadata.annotations.kubectl.kubernetes.io/last-applied-configuration"};

bool is_scalar_list(View list) {
  return std::all_of(list.items().begin(), list.items().end(), [](const Node* item) { return !View(item).is_map() && !View(item).is_list(); });
}

bool is_text_list(View list) {
  return std::all_of(list.items().begin(), list.items().end(), [](const Node* item) { return View(item).is_text(); });
}

bool is_plain_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

// Absent, null and empty lists and maps of free keys are one to Go's encoding.
View normal(View value, const Schema* schema) {
  if (value.is_null()) return {};
  if (value.is_list() && value.size() == 0) return {};
  if (value.is_map() && value.size() == 0 && schema && schema->type == SchemaType::Map) return {};
  return value;
}

class Comparer {
 public:
  Comparer(std::string_view group, std::string_view kind, Arena& arena) : group_(group), kind_(kind), secret_(kind == "Secret" && group.empty()), make_(arena) {}

  void value(View before, View after, const Schema* schema, std::string_view merge_key = {});
  std::vector<Change> take() { return std::move(changes_); }

 private:
  void maps(View before, View after, const Schema* schema);
  void child(std::string_view key, View before, View after, const Schema* schema);
  void lists(View before, View after, const Schema* schema, std::string_view merge_key);
  void items(View before, View after, const Schema* schema, ListPairs& pairs);
  void order_of(View before, const ListPairs& pairs);
  void flags(View before, View after);
  bool is_command_line(View before, View after) const;
  bool equal_quantities(View before, View after, const Schema* schema) const;
  bool is_server_field() const;
  bool is_secret() const { return secret_ && (starts_with(keys_, "data.") || starts_with(keys_, "stringData.") || keys_ == "data" || keys_ == "stringData"); }
  void report(Op op, View before, View after);

  // Goes down for as long as the object lives.
  class Step {
   public:
    Step(Comparer& c, std::string_view path, std::string_view key) : c_(c), path_(c.path_.size()), keys_(c.keys_.size()) {
      c.path_ += path;
      if (!key.empty()) c.keys_ += cat(c.keys_.empty() ? "" : ".", key);
    }
    ~Step() {
      c_.path_.resize(path_);
      c_.keys_.resize(keys_);
    }

   private:
    Comparer& c_;
    size_t path_, keys_;
  };

  std::string_view group_, kind_;
  bool secret_;
  Make make_;
  std::string path_, keys_;
  std::vector<Change> changes_;
};

void Comparer::report(Op op, View before, View after) {
  const bool secret = is_secret();
  changes_.push_back({op, path_, secret ? View() : before, secret ? View() : after, effect_of(group_, kind_, keys_), secret});
}

bool Comparer::is_server_field() const { return std::find(std::begin(kServerFields), std::end(kServerFields), keys_) != std::end(kServerFields); }

bool Comparer::equal_quantities(View before, View after, const Schema* schema) const {
  const bool typed = schema && schema->type == SchemaType::Quantity;
  const bool looks = contains(keys_, ".limits.") || contains(keys_, ".requests.");
  if (!typed && !looks) return false;
  const auto a = Quantity::parse(before), b = Quantity::parse(after);
  return a && b && a->compare(*b) == 0;
}

void Comparer::value(View before, View after, const Schema* schema, std::string_view merge_key) {
  before = normal(before, schema);
  after = normal(after, schema);
  if (before.node() == after.node() || is_server_field()) return;
  if (!before || !after) return report(before ? Op::Removed : Op::Added, before, after);
  if (before.is_map() && after.is_map()) return maps(before, after, schema);
  if (before.is_list() && after.is_list()) return lists(before, after, schema, merge_key);
  if (equal(before, after) || equal_quantities(before, after, schema)) return;
  report(Op::Changed, before, after);
}

void Comparer::child(std::string_view key, View before, View after, const Schema* schema) {
  const Property* property = schema ? schema->property(key) : nullptr;
  const bool plain = is_plain_key(key) && (property || !schema || schema->type != SchemaType::Map);
  const Step step(*this, plain ? cat(path_.empty() ? "" : ".", key) : cat('[', key, ']'), key);
  value(before, after, property ? property->schema : schema ? schema->additional : nullptr, property ? property->merge_key : std::string_view());
}

void Comparer::maps(View before, View after, const Schema* schema) {
  std::vector<std::string_view> keys;
  keys.reserve(before.size() + after.size());
  for (const View side : {before, after})
    for (const Field& f : side.fields()) keys.push_back(f.key());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (std::string_view key : keys) child(key, before[key], after[key], schema);
}

bool Comparer::is_command_line(View before, View after) const {
  const bool named = ends_with(keys_, ".args") || ends_with(keys_, ".command");
  return named && is_text_list(before) && is_text_list(after);
}

void Comparer::flags(View before, View after) {
  const FlagChanges found = compare_flags(before, after);
  for (const FlagChange& f : found.changes) {
    const Step step(*this, f.name.empty() ? std::string() : cat('[', f.name, ']'), {});
    report(f.before && f.after ? Op::Changed : f.after ? Op::Added : Op::Removed, f.before ? make_.text(f.value_before) : nullptr,
           f.after ? make_.text(f.value_after) : nullptr);
  }
  if (found.reordered) report(Op::Reordered, before, after);
  if (found.respelled) report(Op::Respelled, before, after);
}

void Comparer::order_of(View before, const ListPairs& pairs) {
  std::vector<const Node*> was(before.size(), nullptr), is;
  for (const ItemPair& pair : pairs.pairs) {
    if (!pair.before || !pair.after) continue;
    is.push_back(make_.text(pair.label));
    was[*pair.before] = is.back();
  }
  report(Op::Reordered, make_.list(was), make_.list(is));
}

void Comparer::items(View before, View after, const Schema* schema, ListPairs& pairs) {
  const Schema* item = schema ? schema->items : nullptr;
  for (const Rename& r : find_renames(before, after, pairs)) {
    const Step step(*this, cat('[', pairs.pairs[r.new_pair].label, ']'), {});
    report(Op::Renamed, make_.text(pairs.pairs[r.old_pair].label), make_.text(pairs.pairs[r.new_pair].label));
    View old_item = before.item(*pairs.pairs[r.old_pair].before);
    for (const std::string& key : pairs.keys_of_item) old_item = make_.with(old_item, key, after.item(*pairs.pairs[r.new_pair].after)[key].node());
    value(old_item, after.item(*pairs.pairs[r.new_pair].after), item);
    pairs.pairs[r.old_pair].before.reset();
    pairs.pairs[r.new_pair].after.reset();
  }
  for (const ItemPair& pair : pairs.pairs) {
    if (!pair.before && !pair.after) continue;
    const Step step(*this, cat('[', pair.label, ']'), {});
    value(pair.before ? before.item(*pair.before) : View(), pair.after ? after.item(*pair.after) : View(), item);
  }
}

void Comparer::lists(View before, View after, const Schema* schema, std::string_view merge_key) {
  if (equal(before, after)) return;
  if (is_command_line(before, after)) return flags(before, after);
  if (is_scalar_list(before) && is_scalar_list(after)) {
    ListPairs pairs = pair_items(before, after, nullptr, {});
    return items(before, after, schema, pairs);
  }
  ListPairs pairs = pair_items(before, after, schema, merge_key);
  items(before, after, schema, pairs);
  if (pairs.reordered) order_of(before, pairs);
}

}  // namespace

std::vector<Change> compare_objects(View before, View after, const Schema* schema, Arena& arena) {
  Comparer comparer(api_group(after["apiVersion"].text()), after["kind"].text(), arena);
  comparer.value(before, after, schema);
  return comparer.take();
}

}  // namespace isvcc::diff
