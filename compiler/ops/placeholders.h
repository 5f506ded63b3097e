#pragma once
// KServe's ReplacePlaceholders: `{{.Name}}` and friends in a runtime's container.
#include "ops/strategic_merge.h"

namespace isvcc {

// The container (Go encoded) with its JSON text run as an html/template over the service's ObjectMeta and read back over the container.
MergeResult replace_placeholders(View container, View object_meta, const Schema& container_schema, Arena& arena);

}  // namespace isvcc
