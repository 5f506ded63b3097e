#pragma once
// What the targets share: bytes as text, a scratch, and the end of a run that broke a promise.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "diag/scratch.h"

namespace isvcc::fuzz {

inline std::string_view text_of(const uint8_t* data, size_t size) { return {reinterpret_cast<const char*>(data), size}; }

struct Memory {
  Arena arena;
  Diagnostics diags;
  Scratch scratch{arena, diags};
};

inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

}  // namespace isvcc::fuzz
