#include "kserve/profile.h"

#include <iterator>

#include "base/check.h"

namespace isvcc {

const Schema& Profile::type(std::string_view name) const {
  const Schema* schema = schemas->type(name);
  ISVCC_CHECK(schema, name);
  return *schema;
}

std::optional<Render> find_render(std::string_view name) {
  static constexpr std::string_view kNames[] = {"workloads", "objects", "stored", "pinned"};
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (name == kNames[i]) return static_cast<Render>(i);
  return std::nullopt;
}

}  // namespace isvcc
