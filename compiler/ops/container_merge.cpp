// What KServe makes of a runtime's and a service's container or pod: MergeRuntimeContainers, MergePodSpec.
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "ops/schema_ops.h"
#include "ops/strategic_merge.h"

namespace isvcc {

// Through the Go type and back; null and `error` set when a value does not fit it.
static const Node* encoded(View value, const Schema& schema, MergeInputs inputs, Arena& arena, std::string& error) {
  const View object = value.is_map() ? value : View(Make(arena).map({}));
  return inputs == MergeInputs::Encoded ? reencode_outermost(object, schema, arena) : reencode(object, schema, arena, error);
}

using EnvByName = std::unordered_map<std::string_view, View>;

// The last entry of a name counts.
static EnvByName by_name(View env) {
  EnvByName out;
  for (const Node* entry : env.items()) out.insert_or_assign(View(entry)["name"].text(), entry);
  return out;
}

// The API server refuses an entry with both; the overlay's intent wins.
static const Node* settled_entry(View entry, const EnvByName& overlay, const Make& make) {
  if (entry["value"].text().empty() || !entry["valueFrom"]) return entry.node();
  const auto own = overlay.find(entry["name"].text());
  if (own == overlay.end()) return entry.node();
  if (own->second["valueFrom"]) return make.at(entry).without(entry, "value");
  return own->second["value"].text().empty() ? entry.node() : make.at(entry).without(entry, "valueFrom");
}

static const Node* settled_env(View env, View overlay, const Make& make) {
  const EnvByName own = by_name(overlay);
  std::vector<const Node*> entries;
  entries.reserve(env.size());
  bool changed = false;
  for (const Node* entry : env.items()) {
    entries.push_back(settled_entry(entry, own, make));
    changed |= entries.back() != entry;
  }
  return changed ? make.at(env).list(entries) : env.node();
}

static const Node* all_args(View base, View overlay, const Make& make) {
  if (overlay.size() == 0) return base.node();
  return base.size() == 0 ? overlay.node() : make.at(base).concatenated(base, overlay);
}

MergeResult merge_containers(View base, View overlay, const Schema& container, Arena& arena, EnvConflicts conflicts, MergeInputs inputs) {
  std::string error;
  const View own_base = encoded(base, container, inputs, arena, error);
  if (!own_base) return {nullptr, cat("could not marshal base container: ", error)};
  const View own_overlay = encoded(overlay, container, inputs, arena, error);
  if (!own_overlay) return {nullptr, cat("could not marshal overlay container: ", error)};
  const MergeResult merged = strategic_merge(own_base, own_overlay, container, arena);
  if (!merged.value) return {nullptr, cat("could not apply strategic merge patch: ", merged.error)};
  const View fresh = reencode(merged.value, container, arena, error);
  if (!fresh) return {nullptr, cat("could not unmarshal merged container: ", error)};
  const Make make(arena);
  MapBuilder result(make.at(fresh), fresh);
  if (conflicts == EnvConflicts::Clear && fresh["env"]) result.set("env", settled_env(fresh["env"], own_overlay["env"], make));
  if (fresh["name"].text().empty()) result.set("name", own_base["name"].node());
  // Service args are extra flags: appended, never replaced.
  result.set("args", all_args(own_base["args"], own_overlay["args"], make));
  return {result.build(), {}};
}

MergeResult merge_pod_specs(View runtime, View overlay, const Schema& pod_spec, Arena& arena, MergeInputs inputs) {
  static constexpr std::array<std::string_view, 6> kFromRuntime = {"nodeSelector", "affinity", "tolerations", "volumes", "imagePullSecrets", "schedulerName"};
  const Make make(arena);
  MapBuilder taken(make.at(runtime));
  for (std::string_view key : kFromRuntime)
    if (const View field = runtime[key]) taken.set(key, field.node());
  std::string error;
  const View base = encoded(taken.build(), pod_spec, inputs, arena, error);
  const View own = base ? View(encoded(overlay, pod_spec, inputs, arena, error)) : View();
  if (!own) return {nullptr, error};
  MergeResult merged = strategic_merge(base, own, pod_spec, arena);
  if (!merged.value) return merged;
  const Node* result = reencode(merged.value, pod_spec, arena, error);
  return {result, std::move(error)};
}

}  // namespace isvcc
