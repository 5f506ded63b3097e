#include "inject/storage_container_merge.h"

#include "base/text.h"
#include "ops/schema_ops.h"
#include "ops/strategic_merge.h"

namespace isvcc {
namespace {

// Releases that decode the result over the container they had: what element i of the result does not set, element i of the old list
// lends, whatever its name (json.Unmarshal into a value in use).
const Node* decoded_over(View old, const Node* fresh, Make make);

const Node* list_over(View old, View fresh, Make make) {
  std::vector<const Node*> items(fresh.items().begin(), fresh.items().end());
  for (size_t i = 0; i < items.size(); ++i) items[i] = decoded_over(old.item(i), items[i], make);
  return make.at(fresh).list(items);
}

const Node* map_over(View old, View fresh, Make make) {
  MapBuilder out(make.at(fresh), fresh);
  for (const Field& f : old.fields()) {
    const View value = fresh[f.key()];
    out.set(f.key(), value ? decoded_over(f.value, value.node(), make) : f.value);
  }
  return out.build();
}

const Node* decoded_over(View old, const Node* fresh, Make make) {
  const View value = fresh;
  if (old.is_map() && value.is_map()) return map_over(old, value, make);
  return old.is_list() && value.is_list() ? list_over(old, value, make) : fresh;
}

// The last one of a name counts, as in a Go map filled in order.
View last_entry(View env, std::string_view name) {
  View found;
  for (const Node* entry : env.items())
    if (View(entry)["name"].text() == name) found = entry;
  return found;
}

// A merged entry with `value` and `valueFrom` keeps what the overlay gave (reconcileEnvValueConflicts).
const Node* settled(View entry, View overlay, Make make) {
  if (entry["value"].text().empty() || !entry["valueFrom"]) return entry.node();
  const View given = last_entry(overlay, entry["name"].text());
  if (given["valueFrom"]) return make.without(entry, "value");
  return given["value"].text().empty() ? entry.node() : make.without(entry, "valueFrom");
}

void settle_env(ContainerEdit& container, View overlay, Make make) {
  for (const Node*& entry : container.env) entry = settled(entry, overlay, make);
}

void warn_surprises(View overlay, std::string_view initializer, const Object& storage_container, Diagnostics& diags) {
  if (overlay["args"].size() > 0)
    diags.report(
        Code::StorageArgsReplaced, Stage::Render, storage_container.view()["spec"]["container"]["args"],
        cat("ClusterStorageContainer ", quote(storage_container.name), " replaces the URI and path that its container is called with"));
  const std::string_view name = overlay["name"].text();
  if (!name.empty() && name != initializer)
    diags.report(
        Code::StorageContainerRenamed, Stage::Render, storage_container.view()["spec"]["container"]["name"],
        cat("ClusterStorageContainer ", quote(storage_container.name), " names its container ", quote(name), ", not ", quote(initializer)));
}

}  // namespace

std::string merge_storage_container(ContainerEdit& container, const Object& storage_container, const InjectContext& context) {
  const Schema& schema = context.profile.type("Container");
  const Make make = context.scratch.make(Pass::StorageInitializer);
  const View written = storage_container.view()["spec"]["container"];
  const View overlay = reencode(written ? written : View(make.map({})), schema, ZeroValues::Drop, context.scratch);
  if (!overlay)
    return cat("could not marshal overlay container: ClusterStorageContainer ", quote(storage_container.name), " does not fit its type");
  const Node* base = container.build();
  const MergeResult merged = strategic_merge(base, overlay, schema, context.scratch.arena);
  if (!merged.error.empty()) return cat("could not apply strategic merge patch: ", merged.error);
  const bool fresh = context.profile.has(Feature::StorageContainerFreshMerge);
  const std::string name(container.name());
  container = ContainerEdit(fresh ? merged.value : decoded_over(base, merged.value, make), make);
  if (context.profile.has(Feature::EnvConflictsCleared)) settle_env(container, overlay["env"], make);
  if (container.name().empty()) container.set("name", make.text(name));
  warn_surprises(overlay, name, storage_container, context.scratch.diags);
  return {};
}

}  // namespace isvcc
