#pragma once
// Trailers of a commit message by which a commit names another one it was made for: what Argo CD calls a reference.
#include <string>

#include "emit/layouts.h"

namespace isvcc {

// Takes the lines "Argocd-reference-commit-…: value" that can be read out of `body`; every line that stays ends in a line end.
HydratorReference take_reference(std::string& body);

}  // namespace isvcc
