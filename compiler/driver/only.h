#pragma once
// --only: everything is read, what comes from some files is rendered. For an Argo CD application or a CI job that owns one folder of a repository.
#include <string>
#include <string_view>
#include <vector>

#include "driver/pipeline.h"

namespace isvcc {

// Whether a source is one of `only` or lies below one; "." is all, and so is an empty `only`.
bool is_wanted_source(std::string_view file, const std::vector<std::string>& only);

// Takes manifests, and findings about services, out of `result` unless their source is wanted.
void keep_only(const std::vector<std::string>& only, Compilation& result);

}  // namespace isvcc
