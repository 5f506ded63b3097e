#pragma once
// A path followed through links in a tree that is no disk: a table in memory, a Git revision. Opens nothing.
#include <functional>
#include <optional>

#include "load/file_system.h"

namespace isvcc {

struct LinkEntry {
  FileKind kind = FileKind::Other;
  std::string target;  // of a link
};

// `look` says what stands at a path whose folders are no links; nothing: there is none.
FilePlace follow_links(std::string_view path, const std::function<std::optional<LinkEntry>(const std::string&)>& look);

}  // namespace isvcc
