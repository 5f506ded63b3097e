#pragma once
// A dependency file in the form that Make, Ninja and Bazel's rules read: "target: file file …". Escapes names; decides nothing about them.
#include <string>
#include <vector>

namespace isvcc {

// One rule for all targets, and an empty rule for each file, so that Make goes on when one was deleted. Files in their order.
// A name with a line break cannot be written: it is left out.
std::string depfile(const std::vector<std::string>& targets, const std::vector<std::string>& files);

}  // namespace isvcc
