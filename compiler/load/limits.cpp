#include "load/limits.h"

#include "base/text.h"

namespace isvcc {

const LimitInfo& info(Limit limit) {
  static constexpr LimitInfo kLimits[] = {
#define LIMIT(name, value, flag, words) {#name, flag, words, &Limits::name},
#include "load/limits.def"
#undef LIMIT
  };
  return kLimits[static_cast<size_t>(limit)];
}

std::string over(Limit limit, const Limits& limits) { return cat("more than ", limits.*info(limit).value, " ", info(limit).words); }

std::string how_to_raise(Limit limit) { return cat(info(limit).flag, " raises this limit"); }

}  // namespace isvcc
