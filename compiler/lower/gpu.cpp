#include "lower/gpu.h"

#include <algorithm>

#include "base/text.h"
#include "ops/quantity.h"
#include "kserve/names.h"
#include "load/reader.h"
#include "ops/quantity.h"

namespace isvcc {

// A JSON array of texts that are not empty; nothing for anything else (IsValidCustomGPUArray).
static std::optional<std::vector<std::string>> custom_types(std::string_view json, Arena& arena) {
  const View list = parse_json(json, arena);
  if (!list.is_list() || list.size() == 0) return std::nullopt;
  std::vector<std::string> out;
  for (const Node* item : list.items()) {
    if (View(item).text().empty()) return std::nullopt;
    out.emplace_back(View(item).text());
  }
  return out;
}

GpuTypeOrder gpu_types(View annotations, const std::vector<std::string>& configured, Arena& arena) {
  GpuTypeOrder out{configured, {}};
  const std::string_view custom = annotations[names::kGpuResourceTypes].text();
  if (custom.empty()) return out;
  const auto types = custom_types(custom, arena);
  if (!types) return {{}, cat("invalid GPU format(", custom, ") for ", names::kGpuResourceTypes, " annotation: must be a valid JSON array")};
  for (const std::string& type : *types)
    if (std::find(out.types.begin(), out.types.end(), type) == out.types.end()) out.types.push_back(type);
  return out;
}

static bool asks_for(View amounts, std::string_view type) {
  const View amount = amounts[type];
  if (!amount) return false;
  const auto quantity = Quantity::parse(amount);
  return quantity && !quantity->is_zero();
}

static std::string_view type_in_use(View resources, const std::vector<std::string>& types) {
  for (const std::string& type : types)
    if (asks_for(resources["limits"], type) || asks_for(resources["requests"], type)) return type;
  return "nvidia.com/gpu";
}

static const Node* with_gpus(View container, int64_t count, const std::vector<std::string>& types, Make make) {
  const View resources = container["resources"];
  const std::string_view type = make.arena().copy(type_in_use(resources, types));
  const Node* amount = make.text(Quantity::parse(cat(count))->text());
  MapBuilder out(make, resources);
  for (const std::string_view kind : {"limits", "requests"}) out.set(kind, make.with(resources[kind], type, amount));
  return make.with(container, "resources", out.build());
}

const Node* with_gpus(View pod_spec, std::string_view name, int64_t count, const std::vector<std::string>& types, Make make) {
  const View containers = pod_spec["containers"];
  for (size_t i = 0; i < containers.items().size(); ++i)
    if (containers.item(i)["name"].text() == name)
      return make.with(pod_spec, "containers", make.replaced(containers, i, with_gpus(containers.item(i), count, types, make)));
  return pod_spec.node();
}

}  // namespace isvcc
