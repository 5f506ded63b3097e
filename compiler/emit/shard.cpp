#include "emit/shard.h"

#include "base/text.h"
#include "emit/file_name.h"

namespace isvcc {

std::string part_of(std::string_view namespace_) { return namespace_.empty() ? "_cluster" : file_name_for(namespace_); }

// FNV-1a: short, and the same for ever.
static uint64_t stable_hash(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  // The low bits of similar names are similar: fold the high ones in.
  return hash ^ (hash >> 29) ^ (hash >> 47);
}

bool Shard::has(std::string_view part) const { return whole() || part.empty() || stable_hash(part) % count == index - 1; }

std::optional<Shard> parse_shard(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto index = parse_int(text.substr(0, slash)), count = parse_int(text.substr(slash + 1));
  if (!index || !count || *index < 1 || *index > *count || *count > 10000) return std::nullopt;
  return Shard{static_cast<size_t>(*index), static_cast<size_t>(*count)};
}

}  // namespace isvcc
