#pragma once
// mergo.Merge with override, on Go structs in their encoded form: how a canary is laid over the stable predictor. Not a strategic merge.
#include "schema/schema.h"
#include "tree/make.h"

namespace isvcc {

// Structs recurse; Go maps are taken key by key; non-empty lists replace; scalars replace unless they hold their zero value
// (a pointer to zero only fills a gap); of an int-or-string only a name replaces a name.
const Node* overlay_struct(View base, View over, const Schema& schema, Arena& arena);

}  // namespace isvcc
