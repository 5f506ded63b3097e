#include "schema/schema.h"

#include <algorithm>
#include <bit>

#include "base/same_text.h"
#include "base/word_at.h"

namespace isvcc {
namespace {

size_t mixed(uint64_t head, uint64_t tail) { return static_cast<size_t>((head * 0x9E3779B97F4A7C15u ^ tail * 0xC2B2AE3D27D4EB4Fu) >> 32); }

// Length, first and last bytes: enough to tell the fields of one type apart. Never leaves the process.
[[gnu::always_inline]] inline size_t hash(std::string_view key) {
  const size_t size = key.size();
  const char* begin = key.data();
  if (size >= 8) return mixed(word_at<uint64_t>(begin) + size, word_at<uint64_t>(begin + size - 8));
  if (size >= 4) return mixed(word_at<uint32_t>(begin) + size, word_at<uint32_t>(begin + size - 4));
  return size == 0 ? 0 : mixed(static_cast<uint8_t>(begin[0]) + size, static_cast<uint8_t>(begin[size - 1]));
}

// Apart from the table's way, which needs fewer registers.
[[gnu::noinline]] const Property* searched(const std::vector<Property>& properties, std::string_view key) {
  const auto at = std::lower_bound(properties.begin(), properties.end(), key, [](const Property& p, std::string_view k) { return p.name < k; });
  return at != properties.end() && at->name == key ? &*at : nullptr;
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
  if (index.empty()) return properties.empty() ? nullptr : searched(properties, key);
  for (size_t at = hash(key) & (index.size() - 1); index[at]; at = (at + 1) & (index.size() - 1))
    if (same_text(properties[index[at] - 1].name, key)) return &properties[index[at] - 1];
  return nullptr;
}

}  // namespace isvcc
