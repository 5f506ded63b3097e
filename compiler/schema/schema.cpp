#include "schema/schema.h"

#include <algorithm>

namespace isvcc {

const Property* Schema::property(std::string_view key) const {
  const auto at = std::lower_bound(properties.begin(), properties.end(), key, [](const Property& p, std::string_view k) { return p.name < k; });
  return at != properties.end() && at->name == key ? &*at : nullptr;
}

}  // namespace isvcc
