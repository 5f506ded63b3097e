#pragma once
// What a KServe release brings along: the objects it installs and its configuration. Written in templates/lib, part of the binary.
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc {

// A List of the ClusterServingRuntimes and the ClusterStorageContainer that a release installs, by kind and name. `image_tag` is the tag
// of the images that a release stamps: KServe's own and vLLM's. Null for an unknown release.
const Node* bundled_objects(std::string_view release, std::string_view image_tag, Arena& arena);

// The release's inferenceservice-config: data key → value (a Map). Null for an unknown release.
const Node* default_config(std::string_view release, std::string_view image_tag, Arena& arena);

// Oldest first.
std::vector<std::string_view> known_releases();

// The tag that the released manifests have. Empty for an unknown release.
std::string_view default_image_tag(std::string_view release);

}  // namespace isvcc
