#pragma once
// Starts a Jsonnet worker that has a socket, a pipe for its errors and nothing else: no other descriptors, no environment, bounded
// memory, time, stack and files. It dies with the thread that started it.
#include <sys/types.h>

#include <optional>
#include <string>

#include "load/limits.h"

namespace isvcc::jsonnet {

struct Child {
  pid_t pid = -1;
  int socket = -1;  // ours to close, as `errors`
  int errors = -1;
};

std::optional<Child> spawn(const std::string& executable, const Limits& limits, size_t entries, std::string& problem);

}  // namespace isvcc::jsonnet
