#pragma once
// A ResourceList in, a ResourceList out: what a KRM function prints.
#include <string>

#include "driver/commands/session.h"

namespace isvcc {

enum class PipedItems { Rendered, AsTheyWere };

// `list` is the root of the input, whose source is `file`. Items keep their order, and their text where nothing is rendered.
std::string piped_resource_list(Session& session, View list, FileId file, PipedItems items);

}  // namespace isvcc
