#include "schema/schema.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/same_text.h"

namespace isvcc {
namespace {

uint64_t bytes_at(const char* at, size_t size) {
  uint64_t out = 0;
  std::memcpy(&out, at, size);
  return out;
}

// Length, first and last bytes: enough to tell the fields of one type apart. Never leaves the process.
size_t hash(std::string_view key) {
  const size_t size = key.size(), part = size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : size;
  const uint64_t head = bytes_at(key.data(), part), tail = bytes_at(key.data() + size - part, part);
  return static_cast<size_t>(((head + size) * 0x9E3779B97F4A7C15u ^ tail * 0xC2B2AE3D27D4EB4Fu) >> 32);
}

}  // namespace

void Schema::index_properties() {
  if (properties.empty() || properties.size() > 10'000) return;
  index.assign(std::bit_ceil(properties.size() * 2), 0);
  for (size_t i = 0; i < properties.size(); ++i) {
    size_t at = hash(properties[i].name) & (index.size() - 1);
    while (index[at]) at = (at + 1) & (index.size() - 1);
    index[at] = static_cast<uint16_t>(i + 1);
  }
}

const Property* Schema::property(std::string_view key) const {
  if (index.empty()) {
    const auto at = std::lower_bound(properties.begin(), properties.end(), key, [](const Property& p, std::string_view k) { return p.name < k; });
    return at != properties.end() && at->name == key ? &*at : nullptr;
  }
  for (size_t at = hash(key) & (index.size() - 1); index[at]; at = (at + 1) & (index.size() - 1))
    if (same_text(properties[index[at] - 1].name, key)) return &properties[index[at] - 1];
  return nullptr;
}

}  // namespace isvcc
