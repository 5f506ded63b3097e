#pragma once
// A YAML stream with its services compiled: the text of a post-renderer's output. Prints; reads no input.
#include <string>

#include "driver/commands/session.h"

namespace isvcc {

struct PipedStream {
  std::string text;
  size_t left_out = 0;  // runtimes and the like that were compiled in
};

// `session` has been compiled from standard input and has no errors.
PipedStream piped_stream(Session& session);

}  // namespace isvcc
