#pragma once
// Every bound on input, in one table. Raised only on the command line, never by the repository.
#include <cstdint>
#include <string>
#include <string_view>

namespace isvcc {

struct Limits {
#define LIMIT(name, value, flag, words) uint64_t name = value;
#include "load/limits.def"
#undef LIMIT
};

enum class Limit {
#define LIMIT(name, value, flag, words) name,
#include "load/limits.def"
#undef LIMIT
};

struct LimitInfo {
  std::string_view name, flag, words;
  uint64_t Limits::*value;
};
const LimitInfo& info(Limit limit);

// "more than 200 levels of nesting in one document": what a refusal says.
std::string over(Limit limit, const Limits& limits);
// "--max-depth raises this limit": what its hint says.
std::string how_to_raise(Limit limit);

}  // namespace isvcc
