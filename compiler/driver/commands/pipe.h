#pragma once
// What commands that stand in a pipe share.
#include <string_view>

#include "driver/commands/session.h"
#include "emit/output_file.h"

namespace isvcc {

// All of `text` to standard output. An exit code; a failure is reported.
int print_all(std::string_view text);

// All of `text` to a file, or to standard output where the path is "-". An exit code; a failure is reported.
int write_or_print(const std::string& path, std::string_view text, const FileOptions& how = {});

// Tells on stderr which services name no namespace, since their manifests do.
void tell_assumed_namespace(const Session& session);

}  // namespace isvcc
