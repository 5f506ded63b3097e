#include "base/checksum.h"

#define XXH_INLINE_ALL  // of a few functions, instead of one more library to load
#include <xxhash.h>

namespace isvcc {

Checksum checksum(const std::vector<std::string_view>& pieces) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  for (std::string_view piece : pieces) XXH3_128bits_update(&state, piece.data(), piece.size());
  const XXH128_hash_t hash = XXH3_128bits_digest(&state);
  return {hash.low64, hash.high64};
}

}  // namespace isvcc
