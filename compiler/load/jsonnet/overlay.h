#pragma once
// What a file's std has beyond libjsonnet's: the file's own name, and native functions under names that libjsonnet keeps for itself.
#include <string>
#include <string_view>

#include "load/jsonnet/scan.h"

namespace isvcc::jsonnet {

// libjsonnet prefers functions of its own to native ones of the same name (parseJson, parseYaml, sha256), so ours are also registered
// with this in front, and a file that mentions std.native gets a std that looks there first.
inline constexpr std::string_view kNativePrefix = "isvcc.";

// The object to lay over the std that is called `std`.
std::string native_overlay(std::string_view std);

// Text to put before a file that is evaluated as it stands, on its first line; often empty.
std::string prelude(const Scan& scan);

}  // namespace isvcc::jsonnet
