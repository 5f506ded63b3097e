#pragma once
// Every bound on input, in one table. Raised only on the command line, never by the repository.
#include <cstdint>

namespace isvcc {

struct Limits {
#define LIMIT(name, value, flag, words) uint64_t name = value;
#include "load/limits.def"
#undef LIMIT
};

}  // namespace isvcc
