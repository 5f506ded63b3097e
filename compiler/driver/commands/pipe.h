#pragma once
// What commands that stand in a pipe share.
#include <string_view>

#include "driver/commands/session.h"

namespace isvcc {

// All of `text` to standard output. An exit code; a failure is reported.
int print_all(std::string_view text);

// Tells on stderr which services name no namespace, since their manifests do.
void tell_assumed_namespace(const Session& session);

}  // namespace isvcc
