#pragma once
// Which services documents speak of.
#include <set>
#include <string_view>
#include <utility>

#include "load/load.h"

namespace isvcc {

using ServiceName = std::pair<std::string_view, std::string_view>;  // namespace, name

std::set<ServiceName> defined_services(const Documents& documents, std::string_view default_namespace);
// Whatever could name one in those that refer to services: graphs and models.
std::set<ServiceName> referred_services(const Documents& documents, std::string_view default_namespace);

}  // namespace isvcc
