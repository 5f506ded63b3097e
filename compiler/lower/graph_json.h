#pragma once
// The spec of an InferenceGraph as Go's encoding/json writes it: fields in the order of the structs, unset ones left out. The router
// reads it from its command line, so order and zero values show. Internal to lower/.
#include "tree/make.h"

namespace isvcc {

// The stored spec decoded into v1alpha1.InferenceGraphSpec and encoded again (KServe v0.20.0): a tree with keys in Go's order.
const Node* encode_graph_spec(View spec, Make make);

}  // namespace isvcc
