#include "admit/gpu_types.h"

#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "load/reader.h"

namespace isvcc {

// The array of the annotation; absent unless it is a non-empty array of non-empty strings.
static View parse_types(std::string_view text, Scratch& scratch) {
  const View parsed = parse_json(text, scratch.arena);
  const auto items = parsed.items();
  const bool good = !items.empty() && std::all_of(items.begin(), items.end(), [](View item) { return item.is_text() && item.size() > 0; });
  return good ? parsed : View();
}

static bool is_basic(std::string_view resource) {
  return resource == "cpu" || resource == "memory" || resource == "storage" || resource == "ephemeral-storage";
}

static bool is_known(std::string_view resource, View more_types, const Config& config) {
  const auto& known = config.gpu_resource_types;
  if (std::find(known.begin(), known.end(), resource) != known.end()) return true;
  return std::any_of(more_types.items().begin(), more_types.items().end(), [&](View type) { return type.text() == resource; });
}

GpuFinding check_gpu_types(View resources, View annotations, const Config& config, Scratch& scratch) {
  const std::string_view text = annotations[names::kGpuResourceTypes].text();
  View more_types;
  if (!text.empty()) {
    more_types = parse_types(text, scratch);
    if (!more_types)
      return {{}, cat("invalid GPU format(", text, ") for ", names::kGpuResourceTypes, " annotation: must be a valid JSON array")};
  }
  for (std::string_view list : {"limits", "requests"})
    for (const Field& f : resources[list].fields())
      if (!is_basic(f.key()) && !is_known(f.key(), more_types, config)) return {f.key(), {}};
  return {};
}

}  // namespace isvcc
