#include "kserve/profile.h"

#include <iterator>

#include "base/check.h"

namespace isvcc {

const Schema& Profile::type(std::string_view name) const {
  const Schema* schema = schemas->type(name);
  ISVCC_CHECK(schema, name);
  return *schema;
}

std::string startup_error(const Profile& profile) {
  const Config& config = profile.config;
  for (const std::string* error : {&config.multi_node_error, &config.deploy.error, &config.ingress.error})
    if (!error->empty()) return *error;
  if (config.ingress.value.enable_gateway_api && !profile.installed("HTTPRoute")) return "gateway API mode requires gateway.networking.k8s.io/v1 \"HTTPRoute\" CRD";
  return {};
}

std::optional<Render> find_render(std::string_view name) {
  static constexpr std::string_view kNames[] = {"workloads", "objects", "stored", "pinned"};
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (name == kNames[i]) return static_cast<Render>(i);
  return std::nullopt;
}

}  // namespace isvcc
