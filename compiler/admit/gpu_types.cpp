#include "admit/gpu_types.h"

#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "load/reader.h"

namespace isvcc {

static bool is_list_of_types(View parsed) {
  const auto items = parsed.items();
  return !items.empty() && std::all_of(items.begin(), items.end(), [](View item) { return item.is_text() && item.size() > 0; });
}

GpuTypes::GpuTypes(View annotations, const Config& config, Scratch& scratch)
    : known_(config.gpu_resource_types.begin(), config.gpu_resource_types.end()) {
  known_.insert({"cpu", "memory", "storage", "ephemeral-storage"});
  const std::string_view text = annotations[names::kGpuResourceTypes].text();
  if (text.empty()) return;
  const View parsed = parse_json(text, scratch.arena);
  if (!is_list_of_types(parsed)) {
    annotation_error_ = cat("invalid GPU format(", text, ") for ", names::kGpuResourceTypes, " annotation: must be a valid JSON array");
    return;
  }
  for (const Node* type : parsed.items()) known_.insert(View(type).text());
}

std::string_view GpuTypes::unknown_in(View resources) const {
  for (std::string_view list : {"limits", "requests"})
    for (const Field& f : resources[list].fields())
      if (known_.count(f.key()) == 0) return f.key();
  return {};
}

}  // namespace isvcc
