#pragma once
// An object as a cluster holds it, made comparable with its rendering: what the API server, other controllers and their webhooks add to
// every object is taken away. A field that the rendering states is never touched, so drift stays visible.
#include "tree/make.h"

namespace isvcc {

// `live` without what stands in review/live_additions.def and is absent from `rendered`. Owner references lose the cluster's uids.
const Node* without_cluster_additions(View live, View rendered, Arena& arena);

}  // namespace isvcc
