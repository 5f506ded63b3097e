#pragma once
// Trailers of a commit message by which a commit names another one it was made for: what Argo CD calls a reference.
#include <string>
#include <vector>

#include "emit/layouts.h"

namespace isvcc {

// What the trailers of a message say, a line each.
HydratorReference read_reference(const std::vector<std::string>& trailers);
// Lines of a message without those that such a trailer could be made of, wherever they stand; each that stays ends in a line end.
std::string without_references(std::string_view body);

}  // namespace isvcc
