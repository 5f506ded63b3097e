#pragma once
// metadata of any object: read as the API server reads it, and checked as it checks it. Knows no kind.
#include "diag/scratch.h"
#include "kserve/object.h"

namespace isvcc {

enum class Scope { Namespaced, Cluster };

// The metadata as the API server decodes it (GetObjectMeta): empty fields and those the server owns are gone, the namespace is filled in.
// Null, with diagnostics of stage schema, when a field has the wrong type.
const Node* decode_metadata(const Object& object, View pruned, Scope scope, Scratch& scratch);

// ValidateObjectMeta: name, namespace, labels and annotations. Diagnostics of stage schema; true when there was none.
bool validate_metadata(View metadata, Scratch& scratch);

}  // namespace isvcc
