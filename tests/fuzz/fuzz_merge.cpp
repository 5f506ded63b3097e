// Two JSON values, parted by a zero byte, as containers and as pods: no crash, and an empty patch changes nothing.
#include <cstdlib>

#include "load/reader.h"
#include "ops/strategic_merge.h"
#include "tree/make.h"

using namespace isvcc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t cut = text.find('\0');
  if (cut == std::string_view::npos) return 0;
  Arena arena;
  const View original = parse_json(text.substr(0, cut), arena), patch = parse_json(text.substr(cut + 1), arena);
  if (!original || !patch) return 0;
  const SchemaSet& schemas = builtin_schemas("v0.20.0");
  for (const char* type : {"Container", "PodSpec"}) {
    const Schema& schema = *schemas.type(type);
    const MergeResult merged = strategic_merge(original, patch, schema, arena);
    if ((merged.value == nullptr) == merged.error.empty()) std::abort();
    const MergeResult same = original.is_map() ? strategic_merge(original, Make(arena).map({}), schema, arena) : MergeResult{original.node(), {}};
    if (same.value != original.node()) std::abort();
  }
  (void)merge_containers(original, patch, *schemas.type("Container"), arena);
  (void)merge_pod_specs(original, patch, *schemas.type("PodSpec"), arena);
  return 0;
}
