#pragma once
// KServe's ReplacePlaceholders: `{{.Name}}` and friends in a container. Knows which data templates see, not which containers have them.
#include "ops/strategic_merge.h"

namespace isvcc {

// The container (Go encoded) with its JSON text run as an html/template over the service's ObjectMeta and read back over the container.
// A container without `{{` is returned as it is, untouched.
MergeResult replace_placeholders(View container, View object_meta, const Schema& container_schema, Arena& arena);

// True when some key or text in the value holds `{{`.
bool has_placeholder(View value);

// metadata as templates see it: Go's field names for the keys.
const Node* object_meta_fields(View object_meta, Arena& arena);

}  // namespace isvcc
