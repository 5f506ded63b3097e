#pragma once
// What every phase may write to while it works on one object: memory and findings.
#include "base/arena.h"
#include "diag/diagnostic.h"
#include "tree/make.h"
#include "tree/origin.h"

namespace isvcc {

struct Scratch {
  Arena& arena;
  Diagnostics& diags;

  Make make(Pass pass) const { return Make(arena, made_by(pass)); }
};

}  // namespace isvcc
